// A symbol in the page's own text: it explains itself when it is pointed at or focused (SymbolHelp), and lights up with
// its twins. Within an element with data-symbol-group the Tab key enters once; arrow keys go from one to the next.

/** `entersHere`: the Tab key comes here first. */
export function SymbolMark({ symbol, entersHere = true }: { symbol: string; entersHere?: boolean }) {
  return (
    <span className="symbol" data-symbol={symbol} tabIndex={entersHere ? 0 : -1}>
      {symbol}
    </span>
  );
}
