// What is shown when rendering fails: the cause and two ways on, instead of an empty page.
import { Component, type ReactNode } from 'react';

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
        <h1>The page could not be drawn.</h1>
        <p>
          Cause: <code>{error.message}</code>
        </p>
        <p>Reload to continue from this link, or open the lab with its default settings.</p>
        <p>
          <button type="button" className="filled" onClick={() => window.location.reload()}>
            Reload
          </button>{' '}
          <button
            type="button"
            onClick={() => {
              window.location.hash = '';
              window.location.reload();
            }}
          >
            Default settings
          </button>
        </p>
      </main>
    );
  }
}
