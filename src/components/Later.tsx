// What a page shows right after its first painting: a page that comes in two parts never holds the browser as long as
// one that comes whole. What stands in its place must take the same room.
import { type ReactNode, useDeferredValue } from 'react';

export function Later({ instead, children }: { readonly instead: ReactNode; readonly children: ReactNode }) {
  const isTime = useDeferredValue(true, false);
  return isTime ? children : instead;
}
