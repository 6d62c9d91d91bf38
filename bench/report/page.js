/**
 * Runs in the browser, in the page that html.mjs writes: one plot for each job. A bar is the ratio to the best peer, on
 * a logarithmic scale around 1; a tick across it is what an issue demands.
 */
const { Chart } = globalThis
const plots = JSON.parse(document.getElementById('plots').textContent)
const style = getComputedStyle(document.documentElement)
const [win, loss, bare, text] = ['--win', '--loss', '--bare', 'color'].map((name) =>
  style.getPropertyValue(name),
)

/** Draws the line at 1 and the targets. */
const marks = {
  id: 'marks',
  afterDatasetsDraw({ ctx, chartArea, scales: { x, y } }, _, { targets }) {
    ctx.save()
    ctx.lineWidth = 1.5
    ctx.strokeStyle = text
    ctx.beginPath()
    ctx.moveTo(x.getPixelForValue(1), chartArea.top)
    ctx.lineTo(x.getPixelForValue(1), chartArea.bottom)
    const half = y.height / targets.length / 2
    for (const [i, target] of targets.entries()) {
      if (target === null) continue
      ctx.moveTo(x.getPixelForValue(target), y.getPixelForValue(i) - half)
      ctx.lineTo(x.getPixelForValue(target), y.getPixelForValue(i) + half)
    }
    ctx.stroke()
    ctx.restore()
  },
}

/** From 1 to the ratio: a gain goes to the right, a loss to the left. */
const bars = (ratios) =>
  ratios.map((ratio) => (ratio === null ? null : [Math.min(ratio, 1), Math.max(ratio, 1)]))

Chart.defaults.color = text
Chart.defaults.animation = false
for (const { id, labels, best, noAddon, targets, tips } of plots) {
  const canvas = document.getElementById(`plot-${id}`)
  const datasets = [
    {
      label: 'best peer',
      data: bars(best),
      backgroundColor: best.map((ratio) => (ratio < 1 ? loss : win)),
      raw: best,
    },
  ]
  if (noAddon !== null)
    datasets.push({
      label: 'best peer without native addon',
      data: bars(noAddon),
      backgroundColor: bare,
      raw: noAddon,
    })
  new Chart(canvas, {
    type: 'bar',
    data: { labels, datasets },
    options: {
      indexAxis: 'y',
      maintainAspectRatio: false,
      scales: {
        x: {
          type: 'logarithmic',
          min: Math.min(0.5, ...best) * 0.9,
          title: { display: true, text: 'times as good as the peer' },
          ticks: { callback: (value) => `${value}` },
        },
        y: { ticks: { autoSkip: false, font: { size: 11 } } },
      },
      plugins: {
        marks: { targets },
        tooltip: {
          callbacks: {
            label: ({ dataset, dataIndex }) => `${dataset.label}: ${dataset.raw[dataIndex].toFixed(2)} x`,
            afterBody: ([{ dataIndex }]) => tips[dataIndex],
          },
        },
      },
    },
    plugins: [marks],
  })
}
// What the test waits for.
document.documentElement.dataset.plots = String(plots.length)
