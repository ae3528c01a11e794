using System.ComponentModel.DataAnnotations;
using CloudLb.Core.Accounts;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy;

/// <summary>How HAProxy is found, started and watched.</summary>
public sealed class HAProxyOptions : IValidatableObject
{
    public const string Section = "CloudLb:HAProxy";

    internal static readonly TimeSpan UsualFirstRequestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The executable: a file, or a name that is looked for in PATH, /usr/sbin and /usr/local/sbin. Default <c>haproxy</c>; 2.6 or newer.
    /// </summary>
    [Required]
    public string Path { get; set; } = "haproxy";

    /// <summary>Whether the processes end with CloudLb. Default <see cref="HAProxyMode.Child"/>.</summary>
    [EnumDataType(typeof(HAProxyMode))]
    public HAProxyMode Mode { get; set; } = HAProxyMode.Child;

    // One busy load balancer of many uses two processors at least; what more than eight would carry no network card of today brings.
    private const int FewestThreads = 2;
    private const int MostThreads = 8;

    /// <summary>
    /// The user that the processes change to where CloudLb is root. Default empty: <c>haproxy</c>, if there is one. <c>root</c> lets them
    /// stay root. Without
    /// effect where CloudLb is another user, which they keep, and where <see cref="GlobalText"/> names a user or group.
    /// </summary>
    public string User { get; set; } = "";

    /// <summary>Lines for the <c>global</c> section of every process, after ours; HAProxy checks them. Default empty.</summary>
    public string GlobalText { get; set; } = "";

    /// <summary>
    /// Where the operator's templates are (docs/templates.md). Default empty: <c>templates</c> in the data directory, which need not be
    /// there.
    /// </summary>
    public string TemplateDirectory { get; set; } = "";

    /// <summary>
    /// The accounts that may use a template by tag, by its name: twelve digits each, or <c>*</c> for every account. A template that is not
    /// named here is nobody's.
    /// </summary>
    public Dictionary<string, List<string>> TemplateAccounts { get; set; } = [];

    /// <summary>
    /// Load balancers that share one process: 1 to 1000, default 128. More make the creation of one dearer (64 ms with 100, 151 ms with
    /// 500, on two
    /// cores), fewer cost memory; 100 where most have TLS.
    /// </summary>
    [Range(1, 1000)]
    public int MaxLoadBalancersPerCell { get; set; } = 128;

    /// <summary>
    /// Threads of each process: 0 to 64, default 0: twice the processors, divided among the processes; at least two or as many as there
    /// are processors, and at
    /// most eight. A thread carries about 60,000 requests a second and takes 1.2 MB.
    /// </summary>
    [Range(0, 64)]
    public int Threads { get; set; }

    /// <summary>The processors of the machine, or those that a container is given.</summary>
    internal int Processors { get; set; } = Environment.ProcessorCount;

    /// <summary>The threads of a process that starts now, beside so many that serve, itself among them.</summary>
    internal int ThreadsBeside(int processes) => Threads > 0
        ? Threads
        : Math.Clamp(2 * Processors / Math.Max(1, processes), Math.Min(FewestThreads, Processors), Math.Min(MostThreads, Processors));

    /// <summary>
    /// Client connections that each process accepts at once: 100 to 1,000,000, default 8000. Fewer where the open-files limit does not
    /// allow as many.
    /// </summary>
    [Range(100, 1_000_000)]
    public int MaxConnections { get; set; } = 8000;

    /// <summary>
    /// How long a client of an HTTP listener may take from its connection to the end of its first request's headers: 1 second to 5
    /// minutes, default 10
    /// seconds; the idle timeout where that is less. The headers of each later request are due as long after their first byte.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan FirstRequestTimeout { get; set; } = UsualFirstRequestTimeout;

    /// <summary>
    /// Connections of one source (an IPv4 address, or an IPv6 network of 64 bits) that have sent no request yet and that the HTTP
    /// listeners of a load balancer
    /// accept beyond its share of the process: 1 to 1,000,000, default 4000, as a client may well open
    /// thousands at once before it asks. Half of what the process accepts at once where that is less.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxSilentConnectionsPerSource { get; set; } = 4000;

    /// <summary>
    /// Whether listeners are bound at addresses that the machine does not have yet (<c>transparent</c>): whoever adds them to an
    /// interface, or moves them from one machine to another, need not tell anybody. Default false: such a listener is at fault.
    /// </summary>
    public bool BindAbsentAddresses { get; set; }

    /// <summary>
    /// Whether target groups may have their connections come from the clients' addresses (<c>source 0.0.0.0 usesrc clientip</c>), which
    /// needs CAP_NET_RAW, and routes that bring the answers back here (docs/elbv2.md). Default false.
    /// </summary>
    public bool KeepClientAddresses { get; set; }

    /// <summary>
    /// Old processes of a cell that finish connections: 4 to 10,000, default 100. When there are more, the one with the fewest connections
    /// is ended, of several the oldest. A process takes 14 MiB and more, and a single connection keeps it.
    /// </summary>
    [Range(4, 10_000)]
    public int MaxOldProcesses { get; set; } = 100;

    /// <summary>
    /// Requests, and connections of TCP listeners, that each instance is given at once: 0 to 1,000,000, default 0: without bound. Where it
    /// is set, what is
    /// more waits in a surge queue of at most 1,024 a pool, and what is more than that is refused, as at AWS.
    /// </summary>
    [Range(0, 1_000_000)]
    public int MaxConnectionsPerInstance { get; set; }

    /// <summary>
    /// Headers whose names reach instances and clients as they are spelled here, besides the registered and usual ones. Default empty.
    /// HAProxy keeps names
    /// in lower case, and so arrive those that nobody has named.
    /// </summary>
    public List<string> HeaderNames { get; set; } = [];

    /// <summary>
    /// How long a process with TLS listeners keeps the keys of its TLS tickets: 1 minute to 30 days, default 12 hours. Then, and whenever
    /// a certificate or a
    /// policy changes, the next process takes over, which knows no session of the one before.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan TlsTicketKeyLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>
    /// How often the state of all members is read: 0.1 seconds to 10 minutes, default 5 seconds. Changes are told within a millisecond
    /// without it; it
    /// finds what was lost on the way, and what was changed by hand. Reading 20,000 members takes 17 ms. As often, the certificate of each
    /// instance is
    /// looked at that must show an accepted key, which takes a TLS handshake. With more than 40 cells it is longer in proportion, six times
    /// at most.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a process may take to answer a command before it counts as hung: 1 second to 5 minutes, default 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a process may take to start: 1 second to 5 minutes, default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a graceful stop in mode <c>Child</c> lets requests and connections go on that are under way, before they are cut: 0 to 5
    /// minutes, default 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => HeaderFaults().Concat(TemplateFaults());

    private IEnumerable<ValidationResult> TemplateFaults() => TemplateAccounts
        .Where(template => !TemplateName.IsValid(template.Key)
            || template.Value.Count == 0
            || !template.Value.All(account => account == TemplateName.Everyone || AccountId.IsValid(account)))
        .Select(template => new ValidationResult(
            $"{Section}:TemplateAccounts:{template.Key} is '{string.Join(", ", template.Value)}'; a template's name has letters, digits, " +
            "hyphens and underscores, and its accounts have twelve digits each, or are '*' for all."));

    private IEnumerable<ValidationResult> HeaderFaults() => HeaderNames
        .Where(name => !string.IsNullOrEmpty(name) && !HeaderSpellings.IsName(name))
        .Select(name => new ValidationResult($"{Section}: HeaderNames has '{name}', which is no name of a header; one has letters, " +
            "digits and hyphens, and 128 characters at most."));
}
