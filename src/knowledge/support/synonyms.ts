/**
 * Words that say the same to a lay reader, one group a line, the first standing for all. A phrase is matched before a
 * word. Only what may replace each other in health information without a change of meaning: "doctor" and "pharmacist",
 * "may" and "must", "illness" and "infection" are not here together.
 */
const groups = `
too much | too many
too little | not enough | too few
as possible | as you can | as they can
call | phone | telephone | ring up | give a call to | give a ring
doctor | gp | physician | clinician | medical professional | health professional | healthcare professional | healthcare provider | health care provider | health worker
get help | seek help | seek care | get care | seek medical help | get medical help | seek medical attention | seek medical care | get medical attention | get medical care
see | visit | consult
emergency department | a&e | accident and emergency | er | emergency room
hospital | hospitals
pee | wee | urine | urinate | urination | urinating | pass water | pass urine | passing urine | peeing | pees
poo | stool | stools | bowel movement | bowel movements | feces | faeces | poop
diarrhea | diarrhoea | loose stools | loose stool | loose poo | runny poo | watery stools | the runs
vomit | vomiting | being sick | be sick | throw up | throwing up | vomits
nausea | feel sick | feeling sick | nauseous | nauseated | feel nauseous | feeling nauseous
tired | tiredness | fatigue | exhausted | exhaustion | weary | fatigued | worn out
sleepy | drowsy | drowsiness | sleepiness
belly | tummy | stomach | abdomen | abdominal
begin | start taking | start | starts | starting | begins | beginning | onset
fast | quick | quickly | rapid | rapidly | speedy | swiftly
at once | right away | straight away | immediately | without delay | promptly | instantly
help | helps | aid | assist | assists | assistance | helpful
ease | eases | relieve | relieves | relief | soothe | soothes | alleviate | lessen
improve | get better | gets better | getting better | become better | becomes better | feel better | feels better | recover | recovers | recovery | improves | improvement | get well | heal | heals
worsen | get worse | gets worse | getting worse | become worse | worsens | worsening | deteriorate | feel worse | make worse | makes worse | gets more severe
medicine | medication | medications | medicines | meds
painkiller | pain reliever | pain relief | painkillers | pain medicine | pain medication | pain relievers | pain killer
tablet | pill | pills | tablets
baby | infant | infants | babies
child | kid | kids | children | childhood
teenager | teen | teens | teenagers | adolescent | adolescents | young people | young person
older | elderly | senior | seniors | older people | older adults | older person | elderly people | aged people
pregnancy | pregnant | expecting a baby | during pregnancy | pregnancies
breastfeed | nursing mothers | breast-feeding | breastfeeding
woman | women | female | females
man | men | male | males
injection | shot | jab | injections | shots | jabs
severe | serious | seriously | very bad | severely
pain | painful | hurt | hurts | ache | aches | aching | pains
sore | soreness | tender
swell | swelling | swollen | puffy | swells
itch | itchy | itching | itchiness
bruise | bruising | bruises
inhale | inhales | inhaling
exhale | outhale | exhales
breathe | breath | breathing | breaths | breathes
short of breath | breathless | breathlessness | shortness of breath | hard to breathe | trouble breathing | difficulty breathing | short breath | trouble with breathing
fever | high temperature | raised temperature
illness | disease | illnesses | diseases | sickness
ill | unwell | poorly
germ | bug | microbe | germs | bugs | microbes
spread | pass on | passes on | passed on | transmit | transmitted | transmits | pass | passes | passed | passing on | spreads | spreading
catch | catching | contract | caught | catches
cause | causes | lead to | leads to | result in | results in | bring about | bring on | brings on | causing | leading to
caused by | due to | results from | result from | comes from | come from | stems from | brought on by | because of
trigger | set off | sets off | triggers | set it off | sets it off
raise | raises | increase | increases | boost | boosts | raised | increased | increasing | raising | add to | adds to
lower | lowers | reduce | reduces | decrease | decreases | cut | cuts | lowered | reduced | bring down | brings down | reducing
higher | greater
common | widespread
big | large | huge
bigger | larger
small | little | tiny
smaller | tinier
long lasting | long-lasting | long-term | long term | lasting | chronic | a long time | for a long time | for long
last | lasts | go on | goes on | continue | continues | carry on | carries on | persist | persists | linger
stop | stop taking | stopping taking | quit | stops | give up | cease | stopping | quitting
talk | speak | chat | talking | speaking | talks
tell | let them know | let us know | let someone know | tell them | say | says | saying | inform | tells | telling
ask | asks | asking | check with
check | test | checks | exam | examine | examination | tests | testing | checked | tested
show | reveal | shows | reveals | detect
worry | worried | worries | anxious | concerned | concern | anxiety
scared | afraid | scary | frightened | frightening | fear | fears
low mood | feeling low | feel low | feeling down
sudden | suddenly | abrupt | abruptly | all at once
slowly | gradually | slow | slow down | slows down | slows | gradual | bit by bit | little by little
serious | grave
danger | dangerous | hazardous | risky | hazard
harm | harmful | damage | damaging | damages | damaged | harms | hurtful
risk | chance | likelihood | risks | chances | odds
treat | treatment | treatments | therapy | treated | treats | treating
cure | cures | cured
surgery | operation | operations
doctor visit | appointment
drink | drinks | drinking | sip | sips
fluid | fluids | liquid | liquids
water | waters
food | meal | meals | foods
eat | eats | eating | consume
exercise | physical activity | exercising | working out | workout | physical exercise
move | moving | movement | moves | moved
walk | walking | walks
care | caring | cares
clothes | clothing
rest | resting | rests
sleep | sleeping | slumber
wash | washing | washes | clean | cleaning | cleans
smoke | smoking | smokes | cigarettes | smoker | smokers
alcohol | booze | alcoholic drinks | alcoholic drink
bleed | bleeding | bleeds
blood vessel | blood vessels
blister | blisters
rash | rashes
lump | lumps
cough | coughs | coughing
headache | headaches | sore head
dizzy | dizziness | lightheaded | light-headed | giddy
faint | fainting | pass out | passing out | black out
confused | confusion | muddled | disoriented
weak | weakness
sight | vision | eyesight
blurred | blurry
peel | peeling
sneeze | sneezes | sneezing
throat | throats
joint | joints
bone | bones
muscle | muscles
nerve | nerves
kidney | kidneys
lung | lungs
eye | eyes
ear | ears
heart attack | heart attacks
high blood pressure | hypertension | raised blood pressure
low blood pressure | hypotension
high blood sugar | hyperglycaemia | hyperglycemia | raised blood sugar
low blood sugar | hypoglycaemia | hypoglycemia | hypo
uti | urinary tract infection | urine infection | utis | urinary tract infections
period | periods | menstruation | menstrual period
sign | symptom | signs | symptoms
problem | trouble | difficulty | problems | issue | issues | difficulties | troubles
way | method | ways | methods
kind | type | kinds | types | sort | sorts | form | forms
part | parts | portion
number | amount | quantity
much longer | far longer | a lot longer
much less | far less | a lot less
much more | far more | a lot more
sure | certain
different | differ | differs | vary | varies | various
each | every
again and again | repeatedly | over and over
again | once more
now | right now
soon | shortly | before long
afterwards | later | afterward
also | too | as well | in addition
only | just | solely
use | using | uses | used
try | trying | tries | attempt
choose | pick | select | chooses
keep | keeps | keeping | stay | stays | staying | remain | remains
go away | goes away | clear | clears | disappear | disappears | clear up | clears up | fade | fades | going away | gone
need | needs | require | requires | needed | required
allow | let | lets | allows
find out | learn | finding out | discover
understand | know
plan | plans
home | house | at home
work | job
family | families | relatives | relative
friend | friends
partner | partners
alone | by yourself | on your own | by itself | on its own
happen | happens | occur | occurs | take place | happening
early | earlier
often | frequently | commonly
uncommon | infrequent
wrong | incorrect
normal | usual
harmless | not harmful | no harm
proof | evidence
study | research | studies
advise | recommend | advises | recommended | recommends | advised | suggests
agree | agreed
person with | patient with
wound | cut on the skin
hot | heat
cold | chilly
warm | warmth
cool | cooling
wet | damp
dry | dryness
think | believe | thinks
sad | unhappy
angry | cross
calm | relaxed
hug | cuddle
choke | choking
burst | rupture | ruptures | bursts
narrow | narrowed
block | blocked | blocks | clogged | blockage | stuffy
protect | protects | protection | guard | shield
prevent | prevents | preventing | ward off | protect against
immune system | body's defences | defences | immunity | immune defences
vaccine | vaccination | vaccines | vaccinations | immunisation | immunization | vaccinated
virus | viruses
bacteria | bacterium
screen | screening
scan | scans | imaging
x-ray | x ray | xray
pharmacist | chemist | pharmacists
midwife | midwives
nurse | nurses
therapist | counsellor | counselor
ointment | cream
salt | salty
sugar | sugary
fat | fatty
fruit | fruits
vegetable | vegetables | veg
milk | dairy milk
cut down on | cut back on | cut down | cut back
weight loss | losing weight | lose weight
weight gain | gaining weight | gain weight | put on weight
extra weight | overweight | excess weight
mouth | oral
skin | skins
dark skin | darker skin | brown or black skin | black or brown skin
nearby | near | close to
grow | growth | grows
remove | take out | removed | removes | taken out
write down | note | note down | record | jot down
diary | journal | log
limit | restrict
careful | cautious
gentle | gently | softly
lie down | lying down | lie flat
sit up | sitting up
sit down | take a seat
whole | entire
main | chief | primary
key | important | crucial | vital
good | great
bad | poor
easy | simple | easily
hard | difficult | tough | tricky
possible | potential
unknown | unclear | not known
bring someone | take someone
bring | take along
country | nation | countries | nations
uk | united kingdom | britain
us | usa | united states | america | u.s.
who | world health organization | world health organisation
support | backing | supports | back
cope | coping | manage
partly | in part | partially
sweat | sweating | sweats | perspire
shake | tremble | shaking | trembling | shakes | tremor
shiver | shivering | chills | shivers
thirst | thirsty
hunger | hungry
itself | themselves
outbreak | epidemic
trip | travel | journey | travelling | traveling
traveller | traveler | travellers | travelers
toilet | bathroom | loo | lavatory
oxygen | o2
drip | iv | into a vein | intravenous | intravenously | through a vein
die | death | dies | dying
life | lives
live | alive | living
healthy | in good health
wait | waiting
watch | monitor | watches
show up | appear | appears | turn up
feel | feels | feeling
look like | resemble | looks like | resembles
look | looks
about | around | roughly | approximately
during | throughout
rinse | rinsing
throw away | discard | bin
wear | wearing
touch | touching
share | sharing
cover | covering
germs | pathogens
bite | bites | bitten
sting | stings | stung
mosquito | mosquitoes | mosquitos
tick | ticks
raw | uncooked
cooked | cooking | cook
refrigerator | fridge
stressed | stress | stressful
`

/** `from` (words with spaces between) → the group's first. Longer phrases first. */
export const replacements: readonly (readonly [readonly string[], string])[] = groups
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [first = '', ...others] = line.split('|').map((one) => one.trim())
    return [first, ...others].map((one) => [one.split(/[\s-]+/), first.replace(/[\s-]+/g, '_')] as const)
  })
  .sort(([x], [y]) => y.length - x.length)
