import { Network, Plus } from 'lucide-react'
import { Button } from '../src/ui/button/button.tsx'
import { Spinner } from '../src/ui/button/spinner.tsx'
import { Card } from '../src/ui/layout/card.tsx'
import { Bones } from '../src/ui/status/bones.tsx'
import { Dial } from '../src/ui/status/dial.tsx'
import { Empty } from '../src/ui/status/empty.tsx'
import { Failed } from '../src/ui/status/failed.tsx'
import { ProgressBar, ProgressRing } from '../src/ui/status/progress.tsx'

export const States = () => (
  <>
    <Card title="Empty, loading, failed">
      <Empty
        icon={Network}
        title="No trusted networks"
        action={
          <Button size="sm" icon={Plus}>
            Add network
          </Button>
        }
      >
        Everybody is asked for a second factor, everywhere.
      </Empty>
      <Bones />
      <Failed sentence="The list did not load." onRetry={() => {}} />
    </Card>
    <Card title="Progress">
      <div className="flex flex-wrap items-center gap-8">
        <ProgressRing label="People reset" value={97} max={146} />
        <Dial size={64} share={0.66} className="text-secured" />
        <Dial size={40} width={3.5} share={0.6} className="text-ink" />
        <Dial size={24} width={4} share={0.3} className="text-action" />
        <span className="text-action">
          <Spinner />
        </span>
      </div>
      <ProgressBar label="Import" value={62} max={100} />
    </Card>
  </>
)
