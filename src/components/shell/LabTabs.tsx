// The row of labs. One lab exists so far; a lab gets its tab with its first working version, never before.
export function LabTabs() {
  return (
    <nav className="labs" aria-label="Labs">
      <a href="#stage" aria-current="page" onClick={(event) => event.preventDefault()}>
        Sinusoid
      </a>
    </nav>
  );
}
