// Read keys with sdmx-rest: address, flow, keys separated by blanks. Writes JSON by key.
const client = require('sdmx-rest');

const [address, flow, keys] = process.argv.slice(2);
const service = client.getService({url: address, api: 'v1.5.0', format: 'application/vnd.sdmx.data+json;version=1.0.0'});

async function main() {
  const found = {};
  for (const key of keys.split(' ')) {
    const query = client.getDataQuery({flow: `IRTYSH,${flow},1.0`, key, start: '2020'});
    const answer = await client.request(query, service, {headers: {Accept: 'application/vnd.sdmx.data+json;version=1.0.0'}});
    const message = JSON.parse(answer);
    const [time] = message.data.structure.dimensions.observation;
    const [series] = Object.values(message.data.dataSets[0].series);
    found[key] = {};
    for (const [place, cells] of Object.entries(series.observations)) {
      found[key][time.values[Number(place)].id] = cells[0];
    }
    const areas = message.data.structure.dimensions.series.find((one) => one.id === 'COUNTERPART_AREA');
    found[key].labels = areas.values[0].names;
    found[key].url = client.getUrl(query, service);
  }
  process.stdout.write(JSON.stringify(found));
}

main().catch((error) => { console.error(error); process.exit(1); });
