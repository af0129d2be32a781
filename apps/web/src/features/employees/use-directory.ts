import { type EmployeeQuery, type Sort, sorts, statuses } from '@countersign/contract/employees'
import { accountTypes, roles } from '@countersign/contract/session'
import { useSearchParams } from 'react-router'

const oneOf = <T extends string>(values: readonly T[], text: string | null): T | undefined =>
  values.find((value) => value === text)

const fields = ['search', 'status', 'role', 'type', 'sort', 'order', 'after', 'before'] as const

/** What the page shows stands in its address, so that reload, back and a shared link show the same. */
export const useDirectory = () => {
  const [params, setParams] = useSearchParams()
  const query: EmployeeQuery = {}
  const search = params.get('search')
  if (search) query.search = search
  const status = oneOf(statuses, params.get('status'))
  if (status) query.status = status
  const role = oneOf(roles, params.get('role'))
  if (role) query.role = role
  const type = oneOf(accountTypes, params.get('type'))
  if (type) query.type = type
  const sort = oneOf(sorts, params.get('sort'))
  if (sort) query.sort = sort
  if (params.get('order') === 'descending') query.order = 'descending'
  const [after, before] = [params.get('after'), params.get('before')]
  if (after) query.after = after
  if (before) query.before = before

  /** A changed filter or order begins at the first page; `replace` keeps typing out of the history. */
  const change = (to: Partial<Record<keyof EmployeeQuery | 'from', string>>, replace = false) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now)
        for (const gone of ['after', 'before', 'from']) next.delete(gone)
        for (const [name, value] of Object.entries(to))
          if (value) next.set(name, value)
          else next.delete(name)
        return next
      },
      { replace },
    )
  const sortBy = (by: Sort) =>
    change({ sort: by, order: by === (sort ?? 'name') && query.order !== 'descending' ? 'descending' : '' })
  const edit = (id: string | null) =>
    setParams((now) => {
      const next = new URLSearchParams(now)
      if (id) next.set('edit', id)
      else next.delete('edit')
      return next
    })
  const { after: _, before: __, sort: ___, order: ____, ...filter } = query
  return {
    query,
    filter,
    filtered: fields.slice(0, 4).some((name) => params.get(name)),
    /** Rows before this page, counted along while paging. */
    from: Math.max(0, Number(params.get('from')) || 0),
    editing: params.get('edit'),
    change,
    sortBy,
    edit,
    clear: () => setParams({}),
  }
}

export type Directory = ReturnType<typeof useDirectory>
