// Read a dataset with jsonstat-toolkit: the address of a JSON-stat answer. Writes cells as JSON.
const JSONstat = require('jsonstat-toolkit');

async function main() {
  const dataset = await JSONstat(process.argv[2]);
  const cube = dataset.class === 'collection' ? dataset.Dataset(0) : dataset;
  const cells = [];
  for (let place = 0; place < cube.n; place += 1) {
    const cell = cube.Data(place, true);
    if (cell !== null && cell.value !== null) cells.push({place, value: cell.value});
  }
  const table = cube.Transform({type: 'arrobj', content: 'id', status: true});
  const labels = {};
  for (const id of cube.id) {
    labels[id] = {};
    for (const code of cube.Dimension(id).id) labels[id][code] = cube.Dimension(id).Category(code).label;
  }
  process.stdout.write(JSON.stringify({size: cube.size, id: cube.id, n: cube.n, cells: cells.length, table, labels}));
}

main().catch((error) => { console.error(error); process.exit(1); });
