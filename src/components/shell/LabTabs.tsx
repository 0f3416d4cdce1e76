// The row of labs. One lab exists so far; a lab gets its tab with its first working version, never before.
export function LabTabs() {
  return (
    <nav className="labs" aria-label="Labs">
      <span aria-current="page">Sinusoid</span>
    </nav>
  );
}
