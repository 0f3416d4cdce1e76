// What keys and the menu do is fetched with the first press, so that the first download is without it.
type Actions = typeof import('./page-actions.ts');

/** Carries `act` out when the actions are there; in the order of the presses. */
export async function actLater(act: (actions: Actions) => void): Promise<void> {
  let actions: Actions;
  try {
    actions = await import('./page-actions.ts');
  } catch {
    // Without a network and never fetched: the buttons on the page do the same.
    return;
  }
  act(actions);
}
