using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Templates;

namespace CloudLb.HAProxy.Configuration;

/// <summary>What the global section and the defaults of a cell are made of.</summary>
internal sealed record CommonSettings
{
    public required int MaxConnections { get; init; }

    /// <summary>How many share the connections.</summary>
    public required int LoadBalancers { get; init; }

    /// <summary>In which a client has to send its first request.</summary>
    public required TimeSpan FirstRequestTimeout { get; init; }

    /// <summary>That a load balancer accepts beyond its share, of one source.</summary>
    public required int MaxSilentConnectionsPerSource { get; init; }

    public required int Threads { get; init; }

    /// <summary>In how long the first check of each server is made.</summary>
    public required TimeSpan CheckSpread { get; init; }

    /// <summary>Where this process takes commands; each process of a cell has a path of its own.</summary>
    public required string CommandSocket { get; init; }

    /// <summary>Where this process takes requests that those before it pass on; each has a path of its own.</summary>
    public required string PassOnSocket { get; init; }

    /// <summary>Where it passes requests on to when it finishes: a link to the socket of the process that serves.</summary>
    public required string NextSocket { get; init; }

    /// <summary>Where the results of checks are sent, a datagram each.</summary>
    public required string HealthSocket { get; init; }

    /// <summary>
    /// Whom the process becomes when it has read its files and bound its ports, and that user's group; null when it stays who it is.
    /// </summary>
    public (uint Id, uint Group)? User { get; init; }

    public required string StateFile { get; init; }

    public required string ErrorFileDirectory { get; init; }

    /// <summary>What the load balancers answer by themselves, each style once.</summary>
    public required IReadOnlyList<PlannedAnswers> Answers { get; init; }

    /// <summary>
    /// The style of <see cref="ProxyName.PlainKind"/>, which stands in the defaults of all; null where no load balancer has it.
    /// </summary>
    public PlannedAnswers? PlainAnswers => Answers.FirstOrDefault(answers => answers.Style == ProxyName.PlainKind);

    /// <summary>The others, which have defaults of their own.</summary>
    public IEnumerable<PlannedAnswers> OtherAnswers => Answers.Where(answers => answers.Style != ProxyName.PlainKind);

    /// <summary>Where <see cref="ScriptText"/> is.</summary>
    public required string ScriptFile { get; init; }

    /// <summary>Where <see cref="ScriptTables.Script"/> is.</summary>
    public required string TablesFile { get; init; }

    /// <summary>Whether HAProxy runs functions in Lua.</summary>
    public bool HasLua { get; init; }

    /// <summary>How headers are spelled: <see cref="HeaderSpellings.File"/>.</summary>
    public required string HeaderNamesFile { get; init; }

    /// <summary>Where the certificates of the listeners are.</summary>
    public required string CertificateDirectory { get; init; }

    /// <summary>Whether any load balancer has an access log.</summary>
    public bool IsLogged { get; init; }

    /// <summary>Whether any with rules has: <see cref="LogSections.IsApplication"/>.</summary>
    public bool IsApplicationLogged { get; init; }

    /// <summary>Whether any listener is reached at a shared address by host names.</summary>
    public bool IsShared { get; init; }

    /// <summary>Where CloudLb's server signs clients in; null where no load balancer has sessions.</summary>
    public string? SignInSocket { get; init; }

    /// <summary>Whether any listener has rules of its own for heads: <see cref="OwnListenerLines"/>.</summary>
    public bool HasOwnListeners { get; init; }

    /// <summary>Whether rules of any listener ask for paths: <see cref="PathLines"/>.</summary>
    public bool AsksForPaths { get; init; }

    /// <summary>Whether any listener asks clients for certificates: <see cref="ClientAuthenticationWords"/>.</summary>
    public bool AsksClients { get; init; }

    /// <summary>The load balancers whose clients are offered HTTP/2.</summary>
    public int Http2LoadBalancers { get; init; }

    /// <summary>The descriptors that the process may have besides those of <see cref="MaxConnections"/>.</summary>
    public long FreeDescriptors { get; init; }

    /// <summary>Whether HAProxy by itself takes no header with a NUL.</summary>
    public bool IsNulRefused { get; init; }

    /// <summary>Whether HAProxy sizes the windows of requests over HTTP/2 by itself.</summary>
    public bool AreWindowsSized { get; init; }

    /// <summary>The operator's templates of what all share; null where there are none.</summary>
    public TemplateSet? Templates { get; init; }

    /// <summary>The operator's own lines; they are checked by HAProxy alone.</summary>
    public required string GlobalText { get; init; }
}
