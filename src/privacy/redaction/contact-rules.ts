import type { DetailRule } from '../span.ts'

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const topLevel =
  'com|org|net|edu|gov|mil|info|biz|site|online|shop|blog|app|dev|health|care|io|co|me|tv|eu|uk|us|de|fr|es|it|nl|be|ch|at|se|no|dk|pl|pt|ie|ca|au|nz|jp|kr|cn|in|za|ng|ru|br|mx|ar|cl|pe|uy|fi|is|cz|sk|hu|gr|ro|cat|ly|gl'
/** Words that follow @ and are no person's account. */
const rooms =
  /^@(?:here|channel|everyone|all|todos|canal|salus|bot|team|admins?|mods?|home|work|night|\d{1,2}(?:am|pm)?)$/iu
const apps =
  'discord|telegram|telegrama|instagram|insta|ig|snap(?:chat)?|twitter|tiktok|skype|reddit|signal|kik|wechat|line|facebook|fb|xbox|psn|steam|gamertag'

/** Ways to reach somebody or their device. */
export const contactRules: readonly DetailRule[] = [
  {
    type: 'EMAIL',
    needs: /@/u,
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/dgu,
  },
  {
    type: 'EMAIL',
    needs: /[[({] ?(?:at|arroba|@)/iu,
    pattern:
      /(?<![\p{L}\p{N}._%+-])[a-z0-9._%+-]{1,64} ?[[({] ?(?:at|arroba|@) ?[\])}] ?[a-z0-9-]{1,63}(?: ?(?:[[({] ?(?:dot|punto) ?[\])}]|\.) ?[a-z0-9-]{2,63}){1,4}/dgiu,
  },
  {
    type: 'EMAIL',
    needs: / (?:dot|punto) /iu,
    pattern:
      /(?<![\p{L}\p{N}._%+-])[a-z0-9._%+-]{2,64} (?:at|arroba) [a-z0-9-]{2,63} (?:dot|punto) (?:com|org|net|es|co|uk|edu|mx)(?: (?:dot|punto) [a-z]{2})?\b/dgiu,
  },
  { type: 'URL', pattern: /\b(?:https?:\/\/|ftp:\/\/|www\.)[^\s<>"')\]]{1,500}/dgiu, check: notEnding },
  {
    type: 'URL',
    needs: /[\p{L}\d]\.[a-z]/iu,
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}@._-])(?:[a-z0-9-]{1,63}\\.){1,4}(?:${topLevel})(?:/[^\\s<>"')\\]]{0,500})?(?![\\p{L}\\p{N}-]|\\.\\p{L})`,
      'dgiu',
    ),
    // "fine.me too" and "pain.is it" are sentences without a space.
    check: (found) =>
      !/^(?:co|com|org|gov|ac)\.\w+$/iu.test(found) &&
      (found.includes('/') ||
        !/\.(?:me|is|in|it|no|at|be|us|de|es|co|so|se|care|health|in)$/iu.test(found) ||
        /\.[a-z0-9-]{2,}\.[a-z]{2}$/iu.test(found) ||
        /[-\d]/u.test(found)),
  },
  {
    type: 'IP',
    digits: 4,
    pattern: new RegExp(`(?<![\\d.])${octet}(?:\\.${octet}){3}(?:/\\d{1,2})?(?![\\d.]*\\d)`, 'dgu'),
  },
  // MAC before IPv6: both are groups with colons.
  {
    type: 'ID',
    needs: /[\da-f][:.-][\da-f]/iu,
    pattern:
      /(?<![\p{L}\p{N}:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\p{L}\p{N}:-])|(?<![\p{L}\p{N}.])(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?![\p{L}\p{N}.])/dgiu,
  },
  {
    type: 'IP',
    needs: /:[\da-f]{0,4}:/iu,
    pattern:
      /(?<![\p{L}\p{N}:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?<=:\d{1,3})(?:\.\d{1,3}){3})?(?:%\w{1,10}|\/\d{1,3})?(?![\p{L}\p{N}:])/dgiu,
    check: (found) =>
      /[0-9a-f]/iu.test(found) &&
      (/::/u.test(found) ? !/:::/u.test(found) : [7, 8].includes(found.split(':').length)),
  },
  {
    // Wallets: Bitcoin (base58 and bech32) and Ethereum.
    type: 'ID',
    digits: 1,
    pattern:
      /(?<![\p{L}\p{N}])(?:[13][a-km-zA-HJ-NP-Z1-9]{25,34}|bc1[a-z0-9]{11,71}|0x[0-9a-fA-F]{40})(?![\p{L}\p{N}])/dgu,
    check: (found) => /\d/u.test(found) && /\p{L}/u.test(found),
  },
  {
    type: 'ID',
    needs: /@/u,
    pattern: /(?<![\p{L}\p{N}._%+@/-])@[\p{L}\p{N}_](?:[\p{L}\p{N}_.]{0,38}[\p{L}\p{N}_])?/dgu,
    check: (found) => found.length > 2 && !rooms.test(found),
  },
  { type: 'ID', needs: /#\d/u, pattern: /(?<![\p{L}\p{N}#@])[\p{L}\p{N}_.]{2,32}#\d{4}(?!\d)/dgu },
  {
    type: 'ID',
    needs: /[\d_]/u,
    pattern: new RegExp(
      `\\b(?:${apps}|user ?name|usuario|handle|screen ?name|nick(?:name)?|perfil|profile)(?: (?:is|es|handle|name|user|username|account|cuenta|de|on|en|${apps}|:)){0,3}[ :=]{1,3}(?<it>@?(?=[\\p{L}.]{0,30}[\\d_])[\\p{L}\\p{N}_.]{3,32})`,
      'dgiu',
    ),
  },
]

function notEnding(found: string): boolean {
  return found.length > 5
}
