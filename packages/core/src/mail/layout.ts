import type { Letter } from './letter.ts'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const html = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')

/** The plain text part: all there is to know, and a code on a line of its own. */
export const asText = (letter: Letter): string =>
  [
    letter.subject,
    ...letter.paragraphs,
    letter.code,
    letter.link && `${letter.link.label}:\n${letter.link.url}`,
    letter.codeNote,
    letter.next && `${letter.next.title}\n${letter.next.text}`,
    letter.notMe && `This wasn’t me:\n${letter.notMe.url}\n${letter.notMe.effect}`,
    letter.why,
  ]
    .filter(Boolean)
    .join('\n\n')

const night = `
@media (prefers-color-scheme: dark) {
  .bg { background: #0f1420 !important } .card { background: #181f2d !important; border-color: #2e3646 !important }
  .ink { color: #eef1f6 !important } .ink2 { color: #b9c2d0 !important } .ink3 { color: #9aa4b4 !important }
  .box { background: #101623 !important; border-color: #2e3646 !important } .rule { border-color: #2e3646 !important }
  .link { color: #a8c5f8 !important } .ring { border-color: #eef1f6 !important; border-right-color: #3fc795 !important }
}
@media (max-width: 480px) { .pad { padding: 24px 20px !important } .code { font-size: 26px !important } }`

const paragraph = (text: string) =>
  `<p class="ink2" style="margin:0 0 20px;font-size:16px;line-height:25px;color:#46505f">${html(text)}</p>`

const link = (label: string, url: string) =>
  `<a class="link" href="${html(url)}" style="color:#1d4fa8;font-weight:600">${html(label)}</a>`

const code = (text: string) =>
  `<p class="box ink code" style="margin:0 0 12px;padding:20px 12px;text-align:center;background:#eef1f5;border:1px solid #dde1e8;border-radius:10px;font-family:'Atkinson Hyperlegible Mono',Consolas,Menlo,monospace;font-size:32px;line-height:38px;font-weight:600;letter-spacing:.06em;color:#101d33">${html(text)}</p>`

const note = (text: string) =>
  `<p class="ink3" style="margin:0 0 28px;font-size:14px;line-height:21px;color:#5c6673">${html(text)}</p>`

const body = (letter: Letter) =>
  [
    ...letter.paragraphs.map(paragraph),
    letter.code && code(letter.code),
    letter.link &&
      `<p style="margin:0 0 20px;font-size:16px;line-height:25px">${link(letter.link.label, letter.link.url)}</p>`,
    letter.codeNote && note(letter.codeNote),
    letter.next && paragraph(letter.next.title) + paragraph(letter.next.text),
    letter.notMe &&
      `<p class="rule ink2" style="margin:0;padding-top:20px;border-top:1px solid #dde1e8;font-size:15px;line-height:23px;color:#46505f">Was this not you? ${link('This wasn’t me', letter.notMe.url)}. ${html(letter.notMe.effect)}</p>`,
  ]
    .filter(Boolean)
    .join('\n')

/** One column of 560, tables and literal colours, because mail clients know nothing else. */
export const asHtml = (letter: Letter): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${html(letter.subject)}</title><style>${night}</style></head>
<body class="bg" style="margin:0;padding:0;background:#f4f6f9;font-family:'Atkinson Hyperlegible Next','Segoe UI',Helvetica,Arial,sans-serif">
<main lang="en"><table role="presentation" width="100%" cellspacing="0" cellpadding="0" class="bg" style="background:#f4f6f9"><tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="max-width:560px">
<tr><td style="padding:0 8px 16px"><table role="presentation" cellspacing="0" cellpadding="0"><tr><td class="ring" style="width:12px;height:12px;border:5px solid #101d33;border-right-color:#12845f;border-radius:50%;font-size:0;line-height:0">&nbsp;</td><td class="ink" style="padding-left:10px;font-size:17px;font-weight:700;color:#101d33">Countersign</td></tr></table></td></tr>
<tr><td class="card pad" style="background:#ffffff;border:1px solid #dde1e8;border-radius:14px;padding:36px 40px">
<h1 class="ink" style="margin:0 0 12px;font-size:24px;line-height:30px;font-weight:700;letter-spacing:-.01em;color:#101d33">${html(letter.subject)}</h1>
${body(letter)}
</td></tr>
<tr><td class="ink3" style="padding:20px 8px;font-size:13px;line-height:20px;color:#5c6673">${html(letter.why)} We never ask for a code by mail, chat or telephone.</td></tr>
</table></td></tr></table></main></body></html>
`
