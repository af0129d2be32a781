import type { NetworkView } from '@countersign/contract/company'
import { api, problemIn, read } from '../../../api/client.ts'
import { networksQuery } from '../../../api/company.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { Form } from '../../../form/form.tsx'
import { TextField } from '../../../form/text-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../../ui/overlay/dialog.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'

const save = (network: NetworkView | null, typed: { name: string; cidr: string }) =>
  network
    ? read(api.networks[':id'].$patch({ param: { id: network.id }, json: { name: typed.name } }))
    : read(api.networks.$post({ json: typed }))

/** A new network, or another name for one; an address is not changed but added and removed. */
export const NetworkDialog = ({ network, onClose }: { network: NetworkView | null; onClose: () => void }) => {
  const form = useFields({ name: network?.name ?? '', cidr: network?.cidr ?? '' })
  const toast = useToast()
  const deed = useDeed((typed: { name: string; cidr: string }) => save(network, typed), {
    changes: networksQuery.queryKey,
    onDone: (_, { name }) => {
      onClose()
      toast(network ? `Renamed to ${name}.` : `${name} is trusted.`)
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={network ? 'Rename network' : 'Add network'}
      unsaved={form.formState.isDirty && !deed.isPending}
    >
      <Form form={form} pending={deed.isPending} problem={problemIn(deed.error)} onSubmit={deed.mutate}>
        <DialogBody>
          <TextField
            name="name"
            label="Name"
            hint="As your people know it: Head office."
            required="Give it a name."
            maxLength={80}
          />
          {!network && (
            <TextField
              name="cidr"
              label="Address or range"
              hint="The address the internet sees: 198.51.100.7 or 198.51.100.0/24. At most /16, or /32 for IPv6."
              required="Type an address or a range."
              autoComplete="off"
              spellCheck={false}
              mono
            />
          )}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" variant="primary" waiting={deed.isPending && 'Saving'}>
            {network ? 'Save Changes' : 'Add network'}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}
