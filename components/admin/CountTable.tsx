/** Names and how many of each. */
export function CountTable(
  { id, title, lead, heads, rows, total, none }: {
    id: string;
    title: string;
    lead?: string;
    heads: [name: string, count: string];
    rows: (readonly [name: string, count: number])[];
    /** Where the rows are not all. */
    total?: number;
    none: string;
  },
) {
  return (
    <section class="section" aria-labelledby={id}>
      <div class="section-head">
        <div>
          <h2 id={id}>{title}</h2>
          {lead && <p>{lead}</p>}
        </div>
        {total !== undefined && <span class="count-note">{total}</span>}
      </div>
      <div
        class="card table-box"
        tabIndex={0}
        role="region"
        aria-labelledby={id}
      >
        {rows.length === 0
          ? <p class="table-empty">{none}</p>
          : (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{heads[0]}</th>
                  <th scope="col" class="number">{heads[1]}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(([name, count]) => (
                  <tr key={name}>
                    <td class="mono">{name}</td>
                    <td class="number">{count}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
      </div>
    </section>
  );
}
