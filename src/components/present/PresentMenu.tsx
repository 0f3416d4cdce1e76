// The button for presenting, in the top bar: a small menu, or, while presenting, the way out of it.
import { PRESENT_WORDS } from '../../words/present.ts';
import { Popover } from '../Popover.tsx';
import { usePage, useStores } from '../stores-context.ts';
import { useMediaQuery } from '../use-media-query.ts';
import { actLater } from './act-later.ts';

export function PresentMenu() {
  const stores = useStores();
  const { page } = stores;
  const phone = useMediaQuery('(max-width: 600px)');
  const present = usePage((state) => state.options.present);
  const words = PRESENT_WORDS;
  const { set, show, say } = page.getState();
  const fullscreen = () =>
    void actLater(({ toggleFullscreen }) => void toggleFullscreen(() => say('no-fullscreen')));
  if (present) {
    return (
      <>
        {phone ? null : (
          <>
            <button type="button" className="plain" title={`${words.keys} (?)`} onClick={() => show('keys')}>
              {words.keys}
            </button>
            <button type="button" className="plain" title={`${words.fullscreen} (F)`} onClick={fullscreen}>
              {words.fullscreen}
            </button>
          </>
        )}
        <button
          type="button"
          className="plain"
          title={words.leaveTitle}
          onClick={() => set({ present: false })}
        >
          {words.leave}
        </button>
      </>
    );
  }
  // A phone's bar has no room for the button of its own.
  const theme = {
    label: words.theme,
    key: 'T',
    act: () => void actLater(({ toggleTheme }) => toggleTheme(stores)),
  };
  const rows = [
    ...(phone ? [theme] : []),
    { label: words.start, key: 'P', act: () => set({ present: true }) },
    { label: words.fullscreen, key: 'F', act: fullscreen },
    { label: words.keys, key: '?', act: () => show('keys') },
    { label: words.exercise, key: '', act: () => show('exercise') },
  ];
  return (
    <Popover className="plain" popoverClassName="menu" label={words.menu}>
      {(close) =>
        rows.map(({ label, key, act }) => (
          <button
            key={label}
            type="button"
            className="plain"
            onClick={() => {
              close();
              act();
            }}
          >
            {label} {key === '' ? null : <kbd>{key}</kbd>}
          </button>
        ))
      }
    </Popover>
  );
}
