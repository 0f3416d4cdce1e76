// Whether the page is laid out for a projector: presented, in a window that has room for large type. On a phone a link
// of a lecture shows the same page, in its own type.
import { usePage } from '../stores-context.ts';
import { useMediaQuery } from '../use-media-query.ts';

const PROJECTOR_QUERY = '(min-width: 900px) and (min-height: 560px)';

/** True while large type and thick lines are wanted. */
export function useProjector(): boolean {
  const present = usePage((page) => page.options.present);
  const roomy = useMediaQuery(PROJECTOR_QUERY);
  return present && roomy;
}
