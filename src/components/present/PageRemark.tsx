// A quiet line for what the browser refused: once, and gone by itself.
import { useEffect } from 'react';
import { PRESENT_WORDS } from '../../words/present.ts';
import { usePage, useStores } from '../stores-context.ts';

const STAYS_MS = 8000;

export function PageRemark() {
  const { page } = useStores();
  const remark = usePage((state) => state.remark);
  useEffect(() => {
    if (remark === null) return;
    const timer = setTimeout(() => page.getState().say(null), STAYS_MS);
    return () => clearTimeout(timer);
  }, [remark, page]);
  return (
    <p className="page-remark quiet" role="status">
      {remark === null ? null : PRESENT_WORDS.remarks[remark]}
    </p>
  );
}
