import type { CompanyChoice } from '@countersign/contract/session'
import { useQuery } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import { companiesQuery } from '../../api/account.ts'
import { problemIn } from '../../api/client.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { ChoiceButton } from '../../ui/field/choice-button.tsx'
import { Bones } from '../../ui/status/bones.tsx'
import { Failed } from '../../ui/status/failed.tsx'
import { Note } from '../../ui/status/note.tsx'
import { SheetHead } from '../sheet-head.tsx'
import { Sheet, SignInShell } from '../sign-in-shell.tsx'
import { useEnterCompany } from './use-enter-company.ts'

const roleText = {
  employee: 'You are an employee',
  admin: 'You are an Admin',
  security_admin: 'You are a Security Admin',
}

// A client account has the role of an employee, as it can have no other, but is none.
const standing = ({ role, accountType }: CompanyChoice) =>
  accountType === 'client' ? 'You are a client' : roleText[role]

/** A person of several companies acts in one at a time; the menu at the top right switches later. */
export const ChooseCompany = () => {
  const companies = useQuery(companiesQuery)
  const enter = useEnterCompany()
  const unread = problemIn(companies.error)
  const refused = problemIn(enter.error)
  return (
    <SignInShell wide>
      <Sheet>
        <SheetHead title="Choose your company">
          You belong to several. You can switch later, in the menu under your name.
        </SheetHead>
        {refused && (
          <Note tone="danger" role="alert">
            {problemSentence(refused)}
          </Note>
        )}
        {unread && <Failed sentence={problemSentence(unread)} onRetry={() => companies.refetch()} />}
        {companies.isPending && <Bones rows={2} />}
        <ul className="options">
          {companies.data?.map((company) => (
            <ChoiceButton
              key={company.id}
              icon={Building2}
              name={company.name}
              sentence={standing(company)}
              off={enter.isPending}
              onPress={() => enter.mutate(company.id)}
            />
          ))}
        </ul>
      </Sheet>
    </SignInShell>
  )
}
