import type { Prompt } from '@countersign/contract/prompt'
import { type ComponentType, lazy, Suspense } from 'react'
import { Bones } from '../ui/status/bones.tsx'
import { EnterCode } from './enter-code.tsx'
import type { PromptProps } from './prompt-props.ts'

/** One component for each kind; what only some people see comes when it is needed. */
const components = {
  'enter-code': EnterCode,
  'enter-phone': lazy(() => import('./enter-phone.tsx').then((m) => ({ default: m.EnterPhone }))),
  'scan-qr': lazy(() => import('./scan-qr.tsx').then((m) => ({ default: m.ScanQr }))),
  'save-codes': lazy(() => import('./save-codes.tsx').then((m) => ({ default: m.SaveCodes }))),
  redirect: lazy(() => import('./redirect.tsx').then((m) => ({ default: m.Redirect }))),
  'approve-elsewhere': lazy(() =>
    import('./approve-elsewhere.tsx').then((m) => ({ default: m.ApproveElsewhere })),
  ),
  'use-security-key': lazy(() =>
    import('./use-security-key.tsx').then((m) => ({ default: m.UseSecurityKey })),
  ),
} satisfies { [Kind in Prompt['kind']]: ComponentType<PromptProps<Kind>> }

/** Renders whatever the server asks, in the container's dress; knows kinds, not factors. */
export const PromptBody = (props: PromptProps) => {
  // The kind picks the component; the pair is sound by the `satisfies` above.
  const Component = components[props.challenge.prompt.kind] as ComponentType<PromptProps>
  return (
    <Suspense
      fallback={
        <div className={props.className}>
          <Bones rows={2} />
        </div>
      }
    >
      <Component key={`${props.challenge.id} ${props.challenge.prompt.kind}`} {...props} />
    </Suspense>
  )
}
