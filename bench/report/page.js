/**
 * Runs in the browser, in the page that html.mjs writes: one plot for each job. A bar is the ratio to the best peer, on
 * a logarithmic scale around 1.
 */
const { Chart } = globalThis
const plots = JSON.parse(document.getElementById('plots').textContent)
const dark = matchMedia('(prefers-color-scheme: dark)')

/** Pixels that a label of the axis takes, and what is left of a long name on a small screen. */
const TICK_WIDTH = 44
const NAME_SHARE = 0.5
const CHARACTER_WIDTH = 5.5

/** Draws the line at 1. */
const one = {
  id: 'one',
  afterDatasetsDraw({ ctx, chartArea, scales: { x } }) {
    ctx.save()
    ctx.lineWidth = 1.5
    ctx.strokeStyle = color('--text')
    ctx.beginPath()
    ctx.moveTo(x.getPixelForValue(1), chartArea.top)
    ctx.lineTo(x.getPixelForValue(1), chartArea.bottom)
    ctx.stroke()
    ctx.restore()
  },
}

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name)

/** From 1 to the ratio: a gain goes to the right, a loss to the left. */
const bars = (ratios) =>
  ratios.map((ratio) => (ratio === null ? null : [Math.min(ratio, 1), Math.max(ratio, 1)]))

/** 1, 2 and 5 of each power of ten, or the powers alone where they would touch each other. */
function ticksOf({ min, max, width }) {
  const powers = []
  for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power++) powers.push(power)
  const ticks = [[1, 2, 5], [1]]
    .map((steps) => powers.flatMap((power) => steps.map((step) => step * 10 ** power)))
    .map((values) => values.filter((value) => value >= min && value <= max))
  return (ticks[0].length * TICK_WIDTH <= width ? ticks[0] : ticks[1]).map((value) => ({ value }))
}

/** A name that fits: the end of it tells more than the beginning. */
function shortened(label, width) {
  const most = Math.floor((width * NAME_SHARE) / CHARACTER_WIDTH)
  return label.length <= most ? label : `…${label.slice(1 - most)}`
}

function draw({ id, labels, best, noAddon, tips }) {
  const datasets = [
    {
      label: 'best peer',
      data: bars(best),
      backgroundColor: best.map((ratio) => color(ratio < 1 ? '--loss' : '--win')),
      raw: best,
    },
  ]
  if (noAddon !== null)
    datasets.push({
      label: 'best peer without native addon',
      data: bars(noAddon),
      backgroundColor: color('--bare'),
      raw: noAddon,
    })
  const all = [...best, ...(noAddon ?? [])].filter((ratio) => ratio !== null)
  const grid = { color: color('--line') }
  return new Chart(document.getElementById(`plot-${id}`), {
    type: 'bar',
    data: { labels, datasets },
    options: {
      indexAxis: 'y',
      maintainAspectRatio: false,
      scales: {
        x: {
          type: 'logarithmic',
          position: 'top',
          min: Math.min(0.5, ...all) * 0.9,
          max: Math.max(2, ...all) * 1.1,
          title: { display: true, text: 'times as fast as the peer' },
          afterBuildTicks: (axis) => {
            axis.ticks = ticksOf(axis)
          },
          ticks: { autoSkip: false, maxRotation: 0, callback: (value) => `${Number(value.toPrecision(2))}` },
          grid,
        },
        y: {
          ticks: {
            autoSkip: false,
            font: { size: 11 },
            callback(_, i) {
              return shortened(labels[i], this.chart.width)
            },
          },
          grid: { display: false },
        },
      },
      plugins: {
        tooltip: {
          callbacks: {
            title: ([{ dataIndex }]) => labels[dataIndex],
            label: ({ dataset, dataIndex }) => `${dataset.label}: ${dataset.raw[dataIndex].toFixed(2)} x`,
            afterBody: ([{ dataIndex }]) => tips[dataIndex],
          },
        },
      },
    },
    plugins: [one],
  })
}

let charts = []
function drawAll() {
  for (const chart of charts) chart.destroy()
  Chart.defaults.color = color('--text')
  Chart.defaults.animation = false
  charts = plots.map(draw)
}

drawAll()
dark.addEventListener('change', drawAll)
// What the test waits for.
document.documentElement.dataset.plots = String(plots.length)
