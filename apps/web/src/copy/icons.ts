import type { Icon } from '@countersign/contract/sign-in'
import {
  FingerprintPattern,
  KeyRound,
  type LucideIcon,
  Mail,
  MessageSquareText,
  QrCode,
  ShieldCheck,
  Smartphone,
} from 'lucide-react'

/** One meaning each. */
export const factorIcon = {
  passkey: FingerprintPattern,
  authenticator: Smartphone,
  app: QrCode,
  phone: MessageSquareText,
  recovery: KeyRound,
  duo: ShieldCheck,
  mail: Mail,
} satisfies Record<Icon, LucideIcon>
