import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { noContext } from './assess.ts'
import { loadTriage } from './load.ts'

const { assess } = loadTriage(fileURLToPath(new URL('../../content/triage', import.meta.url)))
const read = (text: string) => {
  const { level, language } = assess(text, noContext)
  return { level, language }
}

describe('a message in a language that is not read', () => {
  it.each([
    ['fr', 'Bonjour, je cherche un dentiste'],
    ['de', 'Ich hätte gern einen Termin beim Zahnarzt'],
    ['it', 'Vorrei prenotare una visita per mia figlia'],
    ['pt', 'Bom dia, queria marcar uma consulta para minha mãe'],
    ['nl', 'Ik wil graag een afspraak maken met de huisarts'],
    ['pl', 'Dzień dobry, mam pytanie o szczepienie'],
    ['pl', 'Mam pytanie o szczepienie przeciw grypie'],
    ['tr', 'Merhaba, bir doktor randevusu almak istiyorum'],
    ['ro', 'Bună ziua, vreau să fac o programare la medic'],
    ['vi', 'Tôi muốn đặt lịch khám bác sĩ'],
    ['tl', 'Magandang umaga po, gusto ko po magpa-checkup'],
    ['sw', 'Habari, nataka kumwona daktari'],
    ['id', 'Selamat pagi, saya mau bertanya tentang vaksin'],
    ['sv', 'Hej, jag vill boka en tid hos läkaren'],
    ['da', 'Hej, jeg vil gerne have en tid hos lægen'],
    ['fi', 'Hei, haluan varata ajan lääkärille'],
    ['hu', 'Jó napot, szeretnék időpontot kérni az orvoshoz'],
    ['cs', 'Dobrý den, chci se objednat k lékaři'],
    ['ca', 'Bon dia, vull demanar hora amb el metge'],
    ['eu', 'Kaixo, nola zaude?'],
    ['hi', 'mujhe doctor se milna hai aur dawa chahiye'],
    ['hi', 'मुझे डॉक्टर से मिलना है'],
    ['bn', 'আমি ডাক্তার দেখাতে চাই'],
    ['ta', 'எனக்கு மருத்துவரை பார்க்க வேண்டும்'],
    ['te', 'నాకు డాక్టర్‌ని కలవాలి'],
    ['gu', 'મારે ડૉક્ટરને મળવું છે'],
    ['pa', 'ਮੈਨੂੰ ਡਾਕਟਰ ਨੂੰ ਮਿਲਣਾ ਹੈ'],
    ['ru', 'Здравствуйте, у меня вопрос'],
    ['ru', 'где найти врача'],
    ['uk', 'Добрий день, як записатися до лікаря'],
    ['uk', 'де знайти лікаря'],
    ['el', 'Γεια σας, θέλω να κλείσω ραντεβού'],
    ['he', 'שלום, אני רוצה לקבוע תור לרופא'],
    ['ar', 'مرحبا، أريد موعدا مع الطبيب'],
    ['ar', 'كيف احجز موعد'],
    ['fa', 'سلام، من وقت دکتر می‌خواهم'],
    ['fa', 'من سردرد دارم'],
    ['ur', 'میں ڈاکٹر سے ملنا چاہتا ہوں'],
    ['ur', 'مجھے مدد چاہیے'],
    ['zh', '我想预约医生'],
    ['zh', '你好'],
    ['ja', '病院の予約を取りたいです'],
    ['ja', 'こんにちは'],
    ['ko', '병원 예약하고 싶어요'],
    ['th', 'สวัสดีค่ะ อยากนัดพบหมอ'],
    ['ka', 'გამარჯობა ექიმთან მინდა'],
    ['am', 'ሰላም ሐኪም ማግኘት እፈልጋለሁ'],
  ])('%s is told, and is unknown: %s', (language, text) => {
    expect(read(text)).toEqual({ level: 'unknown', language })
  })
})

describe('what is no language', () => {
  it.each([
    'sdkfj qwpoe',
    'asdkjh aslkdj',
    'ñlkjasd qwpeoi 8877',
    'jjjjj kkkk ;;; 0',
    'asdfghjkl',
    'qwertyuiop',
    'xkjhg sdkjf qwpz',
  ])('is unknown: %s', (text) => {
    expect(read(text)).toEqual({ level: 'unknown', language: undefined })
  })
})

describe('laughter, names, products and commands', () => {
  it.each([
    'jajajaja',
    'hahaha',
    'lol ok',
    'brrr',
    'hmmm',
    'kubectl get pods',
    'Xiaomi Redmi Note 12',
    'buen día che',
    'npm install vitest',
    'Dr. Krzysztof Wiśniewski',
    'thx',
    'ty ily',
    'órale sale pues',
    'q onda wey',
    'Zoloft 50mg',
    'k8s',
    'cuál es el horario',
    'covfefe',
    'ibuprofen paracetamol',
    'paracetamol ibuprofeno',
    'resfriado',
    'aguacate quinoa kéfir',
    'sudoku wordle',
    'Ozempic Wegovy Mounjaro',
  ])('are read: %s', (text) => {
    expect(read(text).level).toBe('routine')
  })
})

describe('danger in a language that is not read', () => {
  it.each([
    ['zh', 'crisis', '我不想活了'],
    ['ja', 'emergency', '父が息をしていない'],
    ['ko', 'crisis', '정말 죽고싶어요'],
    ['th', 'emergency', 'แม่หมดสติค่ะ'],
    ['ta', 'emergency', 'அப்பாவுக்கு நெஞ்சு வலிக்கிறது'],
    ['fa', 'crisis', 'دیگه نمی‌خوام زنده باشم'],
    ['ur', 'crisis', 'میں جینا نہیں چاہتا'],
    ['uk', 'emergency', 'Мама не може дихати'],
    ['ar', 'emergency', 'أبي فاقد الوعي'],
    ['ru', 'crisis', 'мой муж бьёт меня'],
  ])('%s: %s, and the language is known for the reply: %s', (language, level, text) => {
    expect(read(text)).toEqual({ level, language })
  })
})
