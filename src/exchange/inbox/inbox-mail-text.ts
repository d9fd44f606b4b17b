import type { MailMessage } from '../../ports/mail.ts'

/** What the mail about an inbox says, the same to everybody. ASCII, so that no mail server changes it. */
export const formatInboxMail = (inboxAddress: string): Omit<MailMessage, 'to'> => ({
  subject: 'Sluis: er staat iets in uw postbus / there is something in your inbox',
  text: `Er staat iets in uw postbus. Meld u aan en open de postbus:
${inboxAddress}

There is something in your inbox. Sign in and open the inbox:
${inboxAddress}

Dit bericht is automatisch verstuurd. Antwoorden leest niemand.
This message was sent automatically. Nobody reads replies.
`,
})
