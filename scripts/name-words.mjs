// Ordinary words that are also names somewhere: too common as words to be masked without a cue. Read by names.mjs.

/** Given names elsewhere, words in Spanish (or of one syllable that fits both). */
export const spanishWords = `
  aba abaco abar adama adame adamo adjutor afra afro agata aina ajan ala alaba alaban alano albano
  alcino alea alexia aleya alica alina alis alisan alistar alla alon altea ama amadeo amando amante
  amar amaranto amata amato ambar ambrosiano amel ami amin amine amone anas anatolia anca anda andel
  andrada andriana andrina anemona anil anila anina anis anora antero apa apolena apsara aquilino aras
  arcadio arda aren argentina arija aristarco arman armine arminio arna arpad arta artemisa arto aruna
  asad asan asila asma asta asuela ata ataman atanasia augusto aurica ave aya ayas baba bacara baga
  bagan bagas bahia bala balaban baldo balta banara bancar barbe barca bardo barica baris basan basar
  basilia basilio bastar baya beata beato bebe bela benigna benigno berengario bernarda berran berre
  besar bibi bina bino boga bojan bon borna botan boyan boza brune bruto cagan calcedonio calina
  camelia cana candar capa capitolina carina carine carola cas casimira casto cataldo cato catrin
  catrina cebe ceca celen celeste celestina cene cesare chai chaima chanda charleen chatura chiara
  chira cino cinta citra clarisa coco codin colman colombo consuela corto crin crina cristiana cupido
  dacio dada dalia dalla damiana damil danica dara daria dea decimo dejan deste devota diamante didimo
  dimas dionisia dita divo domen dona dono dorica draga dragan drago dragos dua duco dujo dulcinea
  durante edil edita edite efe eligio elija elisea elle elogio enea enes eren eros eser estera
  eufrasia fara fatos fausta faya federica felice felicitas felicite felina ferre fien finia finja
  flore florea florentin florentina foca fosca fosco frana franca franjo funda galileo gara gaye gema
  gemine geminiano generosa generoso germana germano geta glauco glorie gordana gordiano graciana
  grato guelfo gula gulay habil haron harto hasta haya hayal hedi helios herve hilar honor honore
  hortensia hozan huma iban ido iman imane indiana inga ingrida innocente ionica iride irisa isa isla
  islam italo iza jaco jai jais jale jamila jano janos jara jaro javas jeremias jolin jolina jordana
  jorga joya juna juno jur jure juste juta lada ladina lamia lamine langa lapo lascar laureen lazar
  lazare lega leia leman len lene leontina leopardo leopoldina leos lev levente lian liara lias liba
  libere libero liberto licia lidia lidio lieve liga lilas liman limar linde lino lio liron lis
  liviana loa loes loreen lota lua luca luce lucian lui luminosa lux maca macaria maceo magno maja
  mala malea malina malo maman mamante manal manar manca manda mani mansueto marana maras marciano
  marcis mareta marga margo marica marino marlo maros marte masa matan matar mato maura mayar medina
  mees melina melis melle meneo mercurio metra micha midas miel milano milena milla mima mimo mio mir
  mira miran miro miron mirona mirza misa mitica mitra moa moche monde morena moreno moris muge muni
  munir muren musa musir nabi naci nada nadi naja nana natalina nea necla neja nena nene neo nidia
  ninfa nino noema novan nuda obrad obren octaviana olimpiada oliva olivera omero omina ondina opalina
  oto pacifico paco paja palatino paloma panca panfilo panji pardo parla pascal paule pava peleo penda
  pepe pera peri perica perla perle pero petar pia pien pius placida placido platon polona pompeo
  prima primo prisco prospera prospero proteo puspa quieta quin rabia rada rajan rama rana rayan rayen
  rea recai reda regis regula reine reis remo remondo reto revi reza ria rian rica rija rima rina rino
  rio robinson rodrigue romana romane romano romeo romero rona ronan rosan roya roza ruchan rufo runa
  ruta rutilo sabino sabir sacha safir salman salome salomon samia sana sanja santo satine saturnino
  sebastiano seda seden sema sena senta serafin serafina severa severo sidonia sidonio sidra sien
  siena signe sil silvano sima sinica sira siria siriano sirin sirio siro soma sona sostene sude suma
  suman suzon tabea taha taina tal talea tana taner tanja tao tapan tapio taras tarja tarso tasa tecla
  teja tejas tesauro tiberio tibor tija tilda tilla timo timon tinca tino tira titi toma tomo tope
  tosca tosco traian tranquillo trine tullia tunar turna ultimo uranio urbano uros uve vafo vaha
  valentino valer valeriana vali varo vega vela venera veneranda venerando venere ventura venusta
  venusto verano vere vero veta vid viera vigile vino violeta vive vivi yana yaro yaya zafar zafir
  zaida zala zana zaraza zarina zoilo
`

/** Family names that are words in Spanish. */
export const familyWords = `
  aceto adame adamo adan aga agosto agustina alan alba albano aldea aleman ali alija alma aloba amado
  aman amanta amar amato amo amoroso anda andel ansa apostol aras arda argento arman armas asan asare
  asaro asenso ata atan ates azara baca badea bajare balaban balan balde baldo balsamo banas banda
  barbato barbera barbero bari barra barras barre barrera barros basara basaran basta bato bella bello
  benes benjamin bergamasco beso bina biro blanco blanda boda boer boje bolle bona bono boros bota
  botan boye boyes branca brandis breton brezo brinza briza bruni bruno bubalo buda bueno burda burgos
  caballero cabras cabro cace cada cadena calandro caldera caleta cali calo camara campana campo
  campos canales canas candan candela candido canino cano cantu capone capuano cara caraus carbone
  caricari carlo caron carta casas casillas castellana castellano castillo cataldo catana ceban ceja
  celar cele celeste cenan centeno cerda cerna cerne cesare chalupa chan charles chiara chis cho ciani
  cierna clemente col colin colina collado colombo coman como concas conde conte cora cordero corso
  corte costa costea crea crespo cristiano cruciata cruz cuche cucos cucu curda dan dano dante degano
  deja del delgado dia diana dima dio dix doria doro dragan drago duda dudas duenas dula duma dumas
  durante ene errante espino estrada evangelista falco fanara farra federico felice femina feo
  ferrando ferrara ferrero ferro festa figura fini flore florea flores fonda fontana forman formica
  franco frasca frei frey frias frunza fuentes fuga fumarola fusco gaetano galante galindo gallo gama
  gamba garifo garrido gaye gil goncear gracia gran grana granado granados grande greco grillo groen
  gros guardado guerra guida guido haber hache hala halas halda henry hidalgo hola holan hora horna
  horne hoza huerta hui iglesias jaman james janas jaros jira jurado lagana lana landa lanza lazar
  leal leo leon lero leva liberto lima limon lis loca logar lomas lombardo longo los lozano lubina
  luca lucas lucero lucia lucio lui luna mach macha madera magno mala malina malucha manca mandala
  manea marano marciano marco mariano marino maro marra marras martina martines masia maslo mata
  matera matula mauro maya mele melis mensa meo mercado mercurio merlo mesa meza milan milano milla
  minar miron mirza mitos mocan modica moga mol monte montes mora morabito moral morar moras moreno
  mori moro morra mosca mota moya mucha mues mulas mura muro murtas musi naca napolitano naranjo
  narciso nardo nava navarra navarro necas negara negrea nemes neto nieto nieves nino nitra nota noto
  ojala ojo oliva olivares olivas olivera olivo olla olmos omani ondra orlando oro ose paci pacifico
  padilla pagano pala palla palma palomo pana pani panico pantano panza paredes paris parra partida
  pascal pastar pataca patriarca paul pavone paz pecar pece pech pecha pecina pecora pena pepe perales
  perlas perna perra persa pesce petras petrea picha pilar pilla pina pinna pino pinon pintea pinto
  piras pires pisa pisano platon polis pollina popa porras porta portillo posada potenza prado
  preciado preda prieto prisco puente puga pulido quinta quinto rada rallo ramadan ramon rana rascon
  rata raya rea regalado reid reina reis remes remeta renda rey reyes rica rico rios roba robinson
  robles roche rojas rojo rollo romani romano romeo rosa rosado rosario rosas rosca rota rotundo rubio
  rus sabatino sabia sabian sabino sala salas salinas salis salma salo samuel santiago santo santos
  sardina seda segura sen sene sepe serafin serena serpa severa sherpa siciliano sierra silva sima
  simon simula siu sobar soldo solta sorce soro soto suman suriano talpa tamba tanase tangen tapia
  taran tas tejada termine terrazas tesar tesla testa tica tintor tirado toldo toma toman tomas toro
  torre torres toscano tosi toti tuca tufo tulla turco urbano usada vaca val valencia valentino
  valenza valle valles vana vanova varga vater vecera vega vela ven ventura vera verde verdes verdugo
  veres verme vicha vida visan visco vita vito vitola vos yago yang yin yunta zambuto zana zarina
  zullo zulu zuma zumbo
`

/** Listed as given names, and hardly ever one: articles, verbs, places. */
export const givenWords = `
  alta ara arden asa cali deja del della destin deven eden emory esta french geo german germany halle iba ida imam ira
  juvenal kenya lavada lexus loma london lora los lua lue lyric meda meta mira moda monte oda odie ola ole ona ora oran
  oren orin orlo persia piedad poland providenci reta san sana siena tierra tia toma una urbano veda verde vida vita
  vito viva york america israel india asia africa
`

/** English words that are more often a given name when they are written with a capital. */
export const namesFirst = `
  john abbey alec benny bernard billy bob bobby brad carol colleen daisy deb derrick dick dirk don drew
  eddy ester frank fred gene gilbert glen greg harry harriet hector henry holly hugo ian ingrid ivan
  jack jake jenny jerry jess jim jimmy joe josh joyce ken kate kerry kevin kitty larry lee leroy louis
  lucas lynn maria marina martin maxim mike molly nelson nick oliver oscar owen pat patsy paul peggy
  peter philip phoebe polly ralph randy robin rodney roger romeo ronald ross ruth sally sam sander
  sandy sarah scott sean shirley simon sonny stacy stephen steve sue sylvan ted teddy terry tim tom
  tommy tony troy valentine vicky victor wanda wesley brian bruce carl dennis diane erica felix gary
  geoffrey henrik humphrey isaac
`
