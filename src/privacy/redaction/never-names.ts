const list = (words: string) => new Set(words.trim().split(/\s+/))

/** Diseases, signs and tests that carry somebody's name. Only a title or "my name is" makes them a person's. */
export const eponyms: ReadonlySet<string> = list(`
  achilles addison addisons alport alzheimer alzheimers angelman apgar asperger aspergers babinski baker barr barre
  barrett barretts bartholin basedow bechterew behcet bell bells bell's bicks binet blount bowen braxton brugada budd
  burkitt caesarean cesarean chagas charcot chiari chiari's chron chrons cori crohn crohns cushing cushings danlos
  degos dercum devic down downs dravet dupuytren ebola eustachian ehlers ehlers-danlos epley epstein epstein-barr ewing
  fabry fallopian fallot fanconi fischer foley fournier freiberg friedreich gaucher gehrig gilbert gilles glasgow
  goodpasture graves grover guillain guillain-barre hansen hashimoto hashimotos haglund hailey heberden heimlich heinz
  henoch hicks hirschsprung hodgkin hodgkins horner hunter huntington huntingtons jakob kaposi kawasaki kegel kegels
  kienbock klinefelter kohler korsakoff krabbe landau ledderhose legionnaire legionnaires lennox-gastaut leber lewy lou
  ludwig lyme lynch mallory mantoux marburg marfan marfans marie mcardle meckel meniere menieres merkel morgellons
  morton mortons munchausen niemann nissen non-hodgkin noonan osgood osgood-schlatter osler paget pagets pap parkinson
  parkinsons perthes peyronie peyronies pick pott prader prader-willi prinzmetal quervain raynaud raynauds reiter reye
  rett romberg rorschach salk sandhoff schamberg scheuermann schlatter sever shingles sjogren sjogrens snellen
  stargardt stevens-johnson still sturge sudeck sweet sydenham takayasu tay-sachs tietze tourette tourettes turner
  valsalva von waldenstrom weil wegener wernicke west whipple willebrand williams wilms wilson wolff yersin zellweger
  zenker zika zollinger zollinger-ellison
`)

/** What follows somebody's name when it is not a person that is meant: "Wilson disease", "the Karnofsky scale". */
export const conditionWords: ReadonlySet<string> = list(`
  disease disorder syndrome syndromes palsy lymphoma sarcoma tumour tumor cyst sign test score scale index virus fever
  thyroiditis contracture phenomenon method manoeuvre maneuver exercises exercise position tube catheter diet hospital
  clinic university institute foundation medicine health study trial street road avenue oesophagus esophagus anaemia
  anemia ulcer fracture procedure operation reflex law effect criteria guidelines hospice college school centre center
  church flu period hip hips tea oil water seed seeds extract juice gel cream spray tablets inhaler vaccine swab
`)

/** What precedes a name in Spanish when a condition, or a place, is meant. */
export const conditionBefore: ReadonlySet<string> = list(`
  sindrome enfermedad mal tiroiditis linfoma test escala prueba maniobra signo virus trompas hospital clinica
  universidad instituto san santa saint st sta corea
`)

/** Medicines, makers, devices and programs that look like a given name or a family name. */
export const brands: ReadonlySet<string> = list(`
  advil aleve alli amoxil apple aspirin ativan bayer benadryl botox calpol cialis claritin 
  facebook fitbit garmin google haldol humira imodium instagram kleenex lantus lasix lexapro lipitor
  lyrica mayo merck mirena moderna motrin mounjaro mucinex neosporin nexium norvasc novartis nurofen nexplanon ozempic
  panadol paxil pepto pfizer plavix prozac reddit salus sanofi siri slack discord spotify synthroid tamiflu tiktok
  tramadol trump twitter tylenol valium ventolin viagra vicks vicodin voltaren whatsapp wegovy wikipedia xanax xarelto
  yaz youtube zantac zoloft zyrtec nolotil sintrom gelocatil espidifen adiro cinfa omeprazol dalsy apiretal
  enantyum orfidal trankimazin lexatin vicks vaseline dettol savlon gaviscon rennie bonjela sudocrem eliquis pradaxa
  humalog novorapid lexapro celexa effexor cymbalta seroquel abilify risperdal depakote tegretol keppra lamictal topamax
  ritalin adderall concerta strattera vyvanse suboxone narcan metformin ibuprofen paracetamol moderna vaxzevria
  trulicity victoza saxenda jardiance farxiga januvia glucophage metamucil miralax dulcolax colace senokot pepcid
  prilosec tums alka-seltzer rolaids bisolvon flutox mucosan couldina frenadol aspirina actron bufferin excedrin midol
  pamprin robitussin delsym dimetapp triaminic sudafed afrin flonase nasonex rhinocort singulair pulmicort symbicort
  seretide advair spiriva ventoline terbasmin augmentine augmentin zithromax keflex bactrim macrobid flagyl diflucan
  canesten monistat lamisil zovirax valtrex truvada descovy biktarvy paxlovid shingrix gardasil prevnar bexsero
  lovenox clexane coumadin brilinta lopressor tenormin diovan cozaar zestril crestor zocor pravachol zetia repatha
  levoxyl eutirox euthyrox armour premarin estrace clomid cerazette microgynon loestrin marvelon cilest evra
  nuvaring implanon kyleena propecia rogaine accutane roaccutane differin epiduo eucerin cetaphil nivea neutrogena
  enbrel remicade stelara cosentyx dupixent xolair ocrevus tysabri avonex copaxone herceptin keytruda tamoxifen arimidex
  wellbutrin remeron luvox anafranil trazodone buspar ativan klonopin rivotril tranxilium lormetazepam stilnox ambien
  lunesta melatonin zyprexa haldol invega clozaril lithium latuda rexulti vraylar sinemet aricept namenda imigran
  maxalt zomig emgality aimovig botox dysport juvederm percocet oxycontin norco demerol dilaudid fentora subutex
  naloxone antabuse campral champix chantix nicorette primperan motilium buscapina buscopan fortasec almax duspatalin
  iberogast ensure pedialyte suero gatorade dioralyte calprofen junifen pirexin termalgin efferalgan dolocatil
  zaldiar tradonal deprax prozac besitran heipram trileptal depakine neurontin gabapentin urbason dacortin polaramine
  atarax aerius ebastel fluimucil viscoplast betadine cristalmina bepanthen blastoestimulina trombocid hirudoid
  voltadol radiosalil reflex enalapril losartan amlodipino metformina atorvastatina simvastatina diazepam lorazepam
  alprazolam amoxicilina azitromicina ibuprofeno diclofenaco naproxeno
  covishield sputnik janssen salbutamol levothyroxine warfarin teams excel zoom netflix
`)

/** Capitalised in an ordinary sentence, and nobody's name. */
export const otherCapitals: ReadonlySet<string> = list(`
  i i'm i've i'd i'll im ive monday tuesday wednesday thursday friday saturday sunday mondays fridays sundays january
  february march april may june july august september october november december lunes martes miercoles jueves viernes
  sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
  english spanish french german italian portuguese dutch polish russian chinese japanese korean indian american british
  irish scottish welsh african asian european mexican canadian australian arabic hindi turkish greek swedish latino
  latina czech danish norwegian finnish hungarian romanian ukrainian brazilian colombian cuban dominican
  filipino nigerian kenyan ghanaian somali ethiopian egyptian moroccan iraqi iranian israeli pakistani bangladeshi
  nepali thai vietnamese indonesian malaysian argentinian chilean peruvian venezuelan salvadoran welsh basque catalan
  black white muslim christian catholic jewish hindu buddhist god jesus christ allah dios christmas easter
  ramadan eid diwali hanukkah navidad covid covid-19 coronavirus sars hiv aids adhd tdah ptsd ocd copd gp gps nhs er
  ed icu uci a&e ok okay mr mrs ms dr sr sra doctor doctora nurse midwife pharmacist team all everyone everybody there
  guys folks friend friends people sir madam dad mom mum mummy daddy mama papa grandma grandpa nan nana gran nanny
  world hello hi hey thanks thank yes no please sorry what when where why who how is are was were do does did can
  could should would not and but or if so then the this that these those a an my your his her our their its it he
  she they we you me him them us in on at to of for from by with about after before since because while just very
  really also maybe well still always never every some any one two three anyone someone nobody another each both
  hola gracias buenas buenos dias tardes noches que cuando donde por como cual quien para pero porque si y o el la los
  las un una unos unas mi mis tu su sus nos yo ella ellos usted ustedes me te se le lo les es son era fue esta estoy
  estamos estan soy somos tengo tiene tenemos tienen hay ha he han con sin de del al en a desde hasta hace ya no ni
  todo todos toda todas otra otro muy mas menos bien mal ayer hoy manana ahora aqui alli vale saludos hospital clinic
  clinica emergency urgencias centro salud plaza calle avenida avenue street road lane europe africa asia america
  antarctica oceania mediterranean atlantic pacific london paris madrid barcelona valencia sevilla berlin rome roma
  york chicago boston texas california florida england scotland wales britain uk usa eeuu catalonia andalucia bogota
  lima quito caracas santiago buenos aires mexico sydney melbourne toronto dublin manchester birmingham leeds glasgow
  edinburgh liverpool amsterdam brussels vienna geneva who cdc fda oms nice vitamin vitamina omega phq gad icd dsm ivf
  iud diu mri ct ecg ekg tens cbt dbt phd md rn bsc pcr lol omg btw fyi asap ps aka dob id ip ssn mrn nhs iban dni nie
  jan feb mar apr aug sept sep oct nov dec ene ago dic doc docs medicare medicaid walmart costco amazon kaiser hilton
  uber nasa fbi bbc cnn subject message question answer state county city president queen king pope senator governor
  alabama alaska arizona arkansas colorado connecticut delaware hawaii idaho illinois indiana iowa kansas kentucky
  louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire
  jersey ohio oklahoma oregon pennsylvania tennessee utah vermont wisconsin wyoming ontario quebec alberta manitoba
  saskatchewan queensland tasmania portland seattle denver philadelphia pittsburgh baltimore detroit minneapolis atlanta
  miami orlando tampa cleveland cincinnati milwaukee memphis nashville vegas sacramento oakland francisco angeles
  puerto rico costa lanka zealand hong kong lao sri andalusia galicia madrid murcia bilbao malaga zaragoza cadiz granada
  san santa santo sana bay oh ah yeah happy stop got let great exactly now inc llc ltd
  childline lifeline shout samaritans police policia ambulance ambulancia bomberos emergencias urgencias samur
  type stage grade group level class section chapter figure table page room bed ward unit day week month year diabetic
  asthmatic autistic pregnant scared tired sick worried anxious depressed vegan vegetarian celiaca celiac allergic
`)

/** Names of countries, in English and Spanish. */
export const countries: ReadonlySet<string> = new Set(
  ['en', 'es'].flatMap((locale) => {
    const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' })
    const found: string[] = []
    for (let a = 65; a <= 90; a++) {
      for (let b = 65; b <= 90; b++) {
        const name = names.of(String.fromCharCode(a, b))
        if (name) found.push(name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, ''))
      }
    }
    return found
  }),
)
