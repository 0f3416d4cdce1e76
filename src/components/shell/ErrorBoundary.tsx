// What is shown when rendering fails: the cause and two ways on, instead of an empty page.
import { Component, type ReactNode } from 'react';
import { shellWords as words } from '../../words/shell.ts';

interface Props {
  readonly children: ReactNode;
}
interface State {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main className="failure" role="alert">
        <h1>{words.notDrawn}</h1>
        <p>
          {words.cause} <code>{error.message}</code>
        </p>
        <p>{words.waysOn}</p>
        <p>
          <button type="button" className="filled" onClick={() => window.location.reload()}>
            {words.reload}
          </button>{' '}
          <button
            type="button"
            onClick={() => {
              window.location.hash = '';
              window.location.reload();
            }}
          >
            {words.defaults}
          </button>
        </p>
      </main>
    );
  }
}
