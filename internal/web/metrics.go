package web

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Metrics counts what the program does. It may be used from several goroutines.
type Metrics struct {
	registry *prometheus.Registry
	own      prometheus.Registerer // of the registry, with the government's name where there are several
	turns    *prometheus.HistogramVec
	sends    *prometheus.HistogramVec
	unknown  *prometheus.CounterVec
	arrived  *prometheus.CounterVec
	faults   *prometheus.CounterVec
	files    *prometheus.CounterVec
	asked    *prometheus.HistogramVec
	tokens   *prometheus.CounterVec
	audio    prometheus.Counter
	lost     *prometheus.CounterVec
}

// Backlog tells how many letters wait in each queue, and how long the oldest that may go has waited.
type Backlog func(context.Context) (map[string]int, map[string]time.Duration, error)

// NewMetrics makes counters with a registry of their own. government is whose they are where the program serves several: each figure
// bears its name then, and those of the process are left to the Front.
func NewMetrics(backlog Backlog, government string) *Metrics {
	buckets := []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		turns: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "rabeg_turn_seconds", Help: "Time from an event to its durable effects, by how it ended.", Buckets: buckets,
		}, []string{"result"}),
		sends: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "rabeg_send_seconds", Help: "Time of one attempt to send a letter, by network and result.", Buckets: buckets,
		}, []string{"network", "result"}),
		arrived: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rabeg_delivered_total", Help: "Messages that a network says it delivered, by the category it bills them under.",
		}, []string{"network", "category"}),
		unknown: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rabeg_unknown_updates_total", Help: "Updates of a network that the program has no use for, by kind.",
		}, []string{"network", "kind"}),
		faults: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rabeg_receive_faults_total", Help: "What went wrong while receiving, by kind.",
		}, []string{"network", "kind"}),
		files: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rabeg_media_faults_total", Help: "Files that could not be kept, by why: store (tried again), lost, poison.",
		}, []string{"why"}),
		asked: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "rabeg_model_seconds", Help: "Time of one question to a language or speech model, by how it ended.",
			Buckets: []float64{.1, .25, .5, 1, 2, 4, 8, 15, 30},
		}, []string{"what", "result"}),
		tokens: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rabeg_model_tokens_total", Help: "Tokens sent to the language model and answered by it.",
		}, []string{"direction"}),
		audio: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "rabeg_model_audio_bytes_total", Help: "Bytes of voice notes sent to the speech model.",
		}),
		lost: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rabeg_letters_failed_total", Help: "Letters that this program gave up: refused by the network, or the chat is gone.",
		}, []string{"network"}),
	}
	m.own = m.registry
	if government != "" {
		m.own = prometheus.WrapRegistererWith(prometheus.Labels{"government": government}, m.registry)
	} else {
		m.own.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	}
	m.own.MustRegister(m.turns, m.sends, m.unknown, m.arrived, m.faults, m.files, m.asked, m.tokens, m.audio, m.lost,
		&queues{ask: backlog, seen: map[string]bool{}})
	return m
}

// Range tells how many report numbers are taken, and how many there are.
type Range func(context.Context) (taken, all int, err error)

// Numbers shows from now on how full the range of report numbers is.
func (m *Metrics) Numbers(ask Range) { m.own.MustRegister(numbers{ask}) }

type numbers struct{ ask Range }

func (numbers) taken() *prometheus.Desc {
	return prometheus.NewDesc("rabeg_report_numbers_taken", "Report numbers that are taken.", nil, nil)
}

func (numbers) all() *prometheus.Desc {
	return prometheus.NewDesc("rabeg_report_numbers", "Report numbers that there are, taken or free.", nil, nil)
}

// Describe is of prometheus.Collector.
func (n numbers) Describe(c chan<- *prometheus.Desc) { c <- n.taken(); c <- n.all() }

// Collect is of prometheus.Collector. A database that is away leaves the gauges out.
func (n numbers) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	taken, all, err := n.ask(ctx)
	if err != nil {
		return
	}
	c <- prometheus.MustNewConstMetric(n.taken(), prometheus.GaugeValue, float64(taken))
	c <- prometheus.MustNewConstMetric(n.all(), prometheus.GaugeValue, float64(all))
}

// Turned counts one handled event.
func (m *Metrics) Turned(result string, took time.Duration) {
	m.turns.WithLabelValues(result).Observe(took.Seconds())
}

// Sent counts one attempt to send.
func (m *Metrics) Sent(network, result string, took time.Duration) {
	m.sends.WithLabelValues(network, result).Observe(took.Seconds())
	lost := m.lost.WithLabelValues(network)
	if result == "failed" || result == "gone" {
		lost.Inc()
	}
}

// Delivered counts a message that a network delivered.
func (m *Metrics) Delivered(network, category string) {
	m.arrived.WithLabelValues(network, category).Inc()
}

// Unknown counts an update without use.
func (m *Metrics) Unknown(network, kind string) { m.unknown.WithLabelValues(network, kind).Inc() }

// FileFault counts a file that could not be kept.
func (m *Metrics) FileFault(why string) { m.files.WithLabelValues(why).Inc() }

// Fault counts a failure while receiving.
func (m *Metrics) Fault(network, kind string) { m.faults.WithLabelValues(network, kind).Inc() }

// Asked is what one question to a model cost.
type Asked struct {
	What, Result  string
	Sent, Answers int   // tokens
	Audio         int64 // bytes
	Took          time.Duration
}

// Asked counts one question to a model.
func (m *Metrics) Asked(a Asked) {
	m.asked.WithLabelValues(a.What, a.Result).Observe(a.Took.Seconds())
	m.tokens.WithLabelValues("sent").Add(float64(max(a.Sent, 0)))
	m.tokens.WithLabelValues("answered").Add(float64(max(a.Answers, 0)))
	m.audio.Add(float64(max(a.Audio, 0)))
}

// queues asks for the backlog whenever somebody reads the metrics. A queue that has emptied is shown as empty, not left out.
type queues struct {
	ask Backlog

	mu   sync.Mutex
	seen map[string]bool
}

func queueDesc(name, help string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, []string{"queue"}, nil)
}

func (q *queues) length() *prometheus.Desc {
	return queueDesc("rabeg_letters_waiting", "Letters that wait to be sent.")
}

func (q *queues) age() *prometheus.Desc {
	return queueDesc("rabeg_letters_oldest_seconds", "Age of the oldest letter that may be sent.")
}

// Describe is of prometheus.Collector.
func (q *queues) Describe(c chan<- *prometheus.Desc) { c <- q.length(); c <- q.age() }

// Collect is of prometheus.Collector. A database that is away leaves the gauges out.
func (q *queues) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	n, age, err := q.ask(ctx)
	if err != nil {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for queue := range n {
		q.seen[queue] = true
	}
	for queue := range q.seen {
		c <- prometheus.MustNewConstMetric(q.length(), prometheus.GaugeValue, float64(n[queue]), queue)
		c <- prometheus.MustNewConstMetric(q.age(), prometheus.GaugeValue, age[queue].Seconds(), queue)
	}
}

// Sample is one value of a gauge, with the values of its labels.
type Sample struct {
	Labels []string
	Value  float64
}

// Gauge is a figure that is asked for whenever somebody reads the metrics.
type Gauge struct {
	Name, Help string
	Labels     []string
	// Ask answers within a second. What fails is left out: unknown is not zero.
	Ask func(context.Context) ([]Sample, error)
}

// Show shows gauges from now on.
func (m *Metrics) Show(gauges ...Gauge) {
	for _, g := range gauges {
		m.own.MustRegister(asked{g, prometheus.NewDesc(g.Name, g.Help, g.Labels, nil)})
	}
}

type asked struct {
	Gauge
	desc *prometheus.Desc
}

// Describe is of prometheus.Collector.
func (a asked) Describe(c chan<- *prometheus.Desc) { c <- a.desc }

// Collect is of prometheus.Collector.
func (a asked) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	samples, err := a.Ask(ctx)
	if err != nil {
		return
	}
	for _, s := range samples {
		c <- prometheus.MustNewConstMetric(a.desc, prometheus.GaugeValue, s.Value, s.Labels...)
	}
}

// described reads a metric's name and labels out of its description, which has no other way to be asked.
var described = regexp.MustCompile(`fqName: "([^"]+)".* variableLabels: \{([^}]*)\}`)

// Names are all metrics that are shown, with their labels, whether or not they have a value just now.
func (m *Metrics) Names() map[string][]string {
	descs, out := make(chan *prometheus.Desc), map[string][]string{}
	go func() {
		m.registry.Describe(descs)
		close(descs)
	}()
	for d := range descs {
		if found := described.FindStringSubmatch(d.String()); found != nil {
			out[found[1]] = strings.FieldsFunc(found[2], func(r rune) bool { return r == ',' || r == ' ' })
		}
	}
	return out
}
