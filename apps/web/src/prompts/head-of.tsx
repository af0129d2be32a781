import type { Prompt } from '@countersign/contract/prompt'
import type { ChallengeView } from '@countersign/contract/sign-in'
import type { ReactNode } from 'react'

type Head = { title: string; lead: ReactNode }

const enablePhone: Head = {
  title: 'Enable 2FA',
  lead: 'Add your mobile phone. From then on we ask for a code as well as your password.',
}

const newPhone: Head = {
  title: 'Your new phone number',
  lead: 'We check it with a code before the old one goes.',
}

/** The title and the lead of a prompt; the container decides how they look. */
export const headOf = (prompt: Prompt, purpose?: ChallengeView['purpose']): Head => {
  switch (prompt.kind) {
    case 'enter-phone':
      return purpose === 'phone-change' ? newPhone : enablePhone
    case 'save-codes':
      return {
        title: 'Save your recovery codes',
        lead: 'Each code lets you in once when your phone is lost. We cannot show them again.',
      }
    case 'scan-qr':
      return { title: prompt.title, lead: null }
    case 'enter-code':
      return {
        title: prompt.title,
        lead: prompt.destination ? (
          <>
            {prompt.lead}{' '}
            <b className="num whitespace-nowrap text-ink">
              <span aria-hidden="true">{prompt.destination.masked}</span>
              <span className="sr-only">
                {prompt.alphabet === 'digits' && prompt.length === 6 ? 'the number ' : ''}
                {prompt.destination.spoken}
              </span>
            </b>
            .
          </>
        ) : (
          prompt.lead
        ),
      }
    default:
      return { title: prompt.title, lead: prompt.lead }
  }
}
