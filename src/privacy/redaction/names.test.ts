import { describe, expect, it } from 'vitest'
import { findNames } from './names.ts'

const namesIn = (text: string) => findNames(text).map(({ start, end }) => text.slice(start, end))

describe('names', () => {
  it.each([
    ['my name is nguyen thi mai and i cant sleep', ['nguyen thi mai']],
    ['I’m Dr Ana Ruiz from the clinic', ['Ana Ruiz']],
    ['ask for Karen Smith at the desk', ['Karen Smith']],
    ["Mrs O'Neill fainted", ["O'Neill"]],
    ['mi hija Lucía tiene fiebre', ['Lucía']],
    ['mi hermana Sol está embarazada', ['Sol']],
    ['dr patel said to wait', ['patel']],
    ['María del Carmen Soto es mi madre', ['María del Carmen Soto']],
    ['Peter van der Berg rang', ['Peter van der Berg']],
    ['Gracias por todo.\n\n— Jorge', ['Jorge']],
    ['Kind regards,\nT. Nakamura', ['T. Nakamura']],
    ['Will has not eaten and Grace is worried', ['Will', 'Grace']],
    ['Chiamaka says she is dizzy. Ask Chiamaka.', ['Chiamaka', 'Chiamaka']],
    ['HELP MY NAME IS JOHN DOE AND I CANT BREATHE', ['JOHN DOE']],
    ['follow up with patricia desrosiers today', ['patricia desrosiers']],
  ])('finds those of %j', (text, names) => expect(namesIn(text)).toEqual(names))

  it.each([
    "My dad has Parkinson's, my mum Crohn's and Alzheimer's",
    "Hodgkin's lymphoma, Wilson disease, Louis Bar Syndrome, síndrome de Marfan",
    "Raynaud's, Guillain-Barré, Ehlers-Danlos, the Glasgow Coma Scale",
    'Will it hurt? May I? Mark the mole. Hope this helps. Rose hip tea.',
    'me dio el sol en el mar, tengo rosa la piel y no tengo consuelo',
    'gave my son Calpol and my daughter Dimetapp, le di a mi hija Dalsy',
    "it's Zoloft. Can I take Prozac with Xarelto? Tomo Sintrom y Nolotil.",
    "I'm Diabetic. I am Tired. I'm Spanish. Soy Celíaca.",
    'my son will not eat and my daughter may have measles',
    'Dear Doctor, thanks. Hi Team. Hola buenas. Hi Salus.',
    'We moved here from West Virginia and San Diego in May',
    'Severe Outcomes Among Patients With Summer Flu',
    'My name is not important. Ask for help.',
    'PLEASE HELP MY CHEST HURTS SO MUCH',
  ])('finds none in %j: conditions, medicines, places, plain words', (text) =>
    expect(namesIn(text)).toEqual([]),
  )
})
