import { Component, type ReactNode } from 'react'

type Props = { resetKey: string; fallback: ReactNode; children: ReactNode }
type State = { broken: boolean; key: string }

/**
 * Shows the fallback when something inside breaks, until `resetKey` changes. A class because React offers no other
 * way to catch what breaks while rendering.
 */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { broken: false, key: this.props.resetKey }

  static getDerivedStateFromError(): Partial<State> {
    return { broken: true }
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): State {
    return resetKey === state.key ? state : { broken: false, key: resetKey }
  }

  override render() {
    return this.state.broken ? this.props.fallback : this.props.children
  }
}
