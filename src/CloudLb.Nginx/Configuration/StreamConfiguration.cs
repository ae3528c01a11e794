using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Nginx.Configuration;

/// <summary>
/// The whole configuration of one load balancer's nginx. Nothing of a name or a text is written: addresses, networks and numbers alone,
/// each as it was read, so that no value can change what the lines say.
/// </summary>
internal static class StreamConfiguration
{
    /// <summary>
    /// The file that each flow leaves a line in when it has ended. One that nobody was given leaves none, so that whoever is refused fills
    /// no disk.
    /// </summary>
    public const string FlowLog = "flows.log";

    /// <summary>Where a worker shows that it lives, in the directory that it was started in: whoever connects is sent a byte.</summary>
    public const string AliveSocket = "alive.sock";

    // Of a flow: what it reads from the member. The client's side shares the listening socket and reads whole datagrams anyway.
    private const string LargestDatagram = "64k";

    // The memory of a pool's hash grows with its weights: 160 places each.
    private const int LargestWeight = 16;
    private const int OtherDescriptors = 64;

    // What nginx splits flows by has two digits behind the point of a percentage.
    private const long Whole = 10_000;

    // What a flow is told by, and what all flows of a client have in common.
    private const string Flow = "$remote_addr$remote_port", Source = "$remote_addr";

    // What is no pool's name. Without a port nginx gives a flow up at once, and asks nobody for an address.
    private const string Nobody = "none";

    /// <param name="listeners">Those that are served.</param>
    /// <param name="addresses">Where each of them listens.</param>
    /// <param name="membersOf">Who is given a pool's new flows.</param>
    /// <param name="pools">Those that listeners send to, by name.</param>
    /// <param name="module">The stream module, where it is not built in.</param>
    /// <param name="flows">How many there may be at once.</param>
    public static string Render(
        IReadOnlyList<PlannedListener> listeners, EquatableArray<IPAddress> addresses, IReadOnlyList<PlannedPool> pools,
        Func<PlannedPool, IReadOnlyList<PlannedMember>> membersOf, string? module, int flows)
    {
        var text = new StringBuilder();
        if (module is not null)
        {
            text.Append(null, $"load_module {Quoted(module)};\n");
        }

        // One worker: it alone knows which flow a datagram belongs to. Each flow is two of its connections and one descriptor. A worker
        // that is told to end carries nothing any more, so that it need not wait for its flows. A lower level of messages would let clients
        // fill the disk.
        text.Append(null, $"""
            daemon on;
            worker_processes 1;
            worker_rlimit_nofile {flows + OtherDescriptors};
            worker_shutdown_timeout 1ms;
            pid nginx.pid;
            error_log errors.log emerg;

            events {"{"}
                worker_connections {(2 * flows) + OtherDescriptors};
            {"}"}

            stream {"{"}
                log_format flow "$bytes_received $bytes_sent";
                access_log {FlowLog} flow if=$upstream_addr;
                proxy_buffer_size {LargestDatagram};
                proxy_next_upstream off;

                server {"{"}
                    listen unix:{AliveSocket};
                    return "1";
                {"}"}

            """);
        foreach (var (index, pool) in pools.Index())
        {
            WritePool(text, index, pool, membersOf(pool));
        }

        var names = pools.Index().ToDictionary(
            pool => pool.Item.Name, pool => membersOf(pool.Item).Count > 0 ? string.Create(null, $"p{pool.Index}") : Nobody);
        foreach (var (index, listener) in listeners.Index())
        {
            var shares = PoolsOf(listener).Select(each => (Name: names.GetValueOrDefault(each.Pool, Nobody), each.Weight)).ToList();
            if (shares.Count > 1)
            {
                WriteShares(text, index, shares, listener.DefaultAction is PlannedAction.Forward { IsBySource: true });
            }

            var only = shares.Select(each => each.Name).FirstOrDefault();
            WriteListener(text, listener, addresses, shares.Count > 1 ? $"$s{Number(index)}" : only);
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>The line by which datagrams are taken there.</summary>
    public static string ListenLine(IPEndPoint place) => $"        listen {Written(place.Address, place.Port)} udp;\n";

    /// <summary>By which a member is given flows, before its weight.</summary>
    public static string MemberWords(PlannedMember member) => $"server {Written(member.Address, member.Port)} ";

    /// <summary>Where a listener takes datagrams.</summary>
    public static IEnumerable<IPEndPoint> PlacesOf(PlannedListener listener, EquatableArray<IPAddress> addresses) =>
        addresses.Where(address => !listener.NotAt.Contains(address)).Concat(listener.SharedAt is { } shared ? [shared] : [])
            .Select(address => new IPEndPoint(address, listener.Port));

    /// <summary>The pools that a listener sends anything to, each with its share.</summary>
    public static IEnumerable<WeightedPool> PoolsOf(PlannedListener listener) => listener.DefaultAction is PlannedAction.Forward forward
        ? forward.Pools.Where(pool => pool.Weight > 0)
        : [];

    private static void WritePool(StringBuilder text, int index, PlannedPool pool, IReadOnlyList<PlannedMember> members)
    {
        if (members.Count == 0)
        {
            return;
        }

        // The same flow has the same member for as long as that is there, over a reload too, when the hash is all that is left of it.
        var flow = pool.Balance == PoolBalance.Source ? Source : Flow;
        text.Append(null, $"\n    upstream p{index} {{\n        hash {flow} consistent;\n");
        var largest = members.Max(member => member.Weight);
        foreach (var member in members)
        {
            var weight = largest <= LargestWeight
                ? member.Weight
                : Math.Max(1, (int)Math.Round((double)member.Weight * LargestWeight / largest));
            text.Append(null, $"        {MemberWords(member)}weight={Number(weight)} max_fails=0;\n");
        }

        text.Append("    }\n");
    }

    /// <summary>
    /// Which pool a flow belongs to: by a hash of its own, so that it is the same over a reload and says nothing of the member there. What
    /// changes of the weights moves no more flows than it must where there are two.
    /// </summary>
    private static void WriteShares(StringBuilder text, int index, IReadOnlyList<(string Name, int Weight)> shares, bool isBySource)
    {
        var flow = isBySource ? Source : Flow;
        text.Append(null, $"\n    split_clients {flow} $s{index} {{\n");
        var (whole, sum, before) = (shares.Sum(share => (long)share.Weight), 0L, 0L);
        foreach (var (name, weight) in shares.SkipLast(1))
        {
            sum += weight;
            var upTo = Math.Max(before + 1, Whole * sum / whole);
            text.Append(null, $"        {Number((upTo - before) / 100)}.{(upTo - before) % 100:00}% {name};\n");
            before = upTo;
        }

        text.Append(null, $"        * {shares[^1].Name};\n    }}\n");
    }

    /// <param name="text">What it is added to.</param>
    /// <param name="listener">The listener.</param>
    /// <param name="addresses">Of its load balancer.</param>
    /// <param name="target">The pool, or what says which; null where nobody is given anything.</param>
    private static void WriteListener(
        StringBuilder text, PlannedListener listener, EquatableArray<IPAddress> addresses, string? target)
    {
        text.Append("\n    server {\n");
        foreach (var place in PlacesOf(listener, addresses))
        {
            text.Append(ListenLine(place));
        }

        if (listener.AllowedSources is { } sources)
        {
            foreach (var source in sources)
            {
                text.Append(null, $"        allow {Network(source)};\n");
            }

            text.Append("        deny all;\n");
        }

        text.Append(null, $"        proxy_timeout {Number((long)listener.IdleTimeout.TotalMilliseconds)}ms;\n");
        text.Append(target is null or Nobody ? "        return \"\";\n    }\n" : $"        proxy_pass {target};\n    }}\n");
    }

    private static string Written(IPAddress address, int port)
    {
        if (port is < 1 or > IPEndPoint.MaxPort)
        {
            throw new NginxException($"{port} is no port.");
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => $"{address}:{Number(port)}",
            AddressFamily.InterNetworkV6 when address.ScopeId == 0 => $"[{address}]:{Number(port)}",
            _ => throw new NginxException($"{address} is an address of one network link, which nginx cannot be given."),
        };
    }

    private static string Network(string text) => IPNetwork.TryParse(text, out var network)
        && network.BaseAddress is { AddressFamily: AddressFamily.InterNetwork } or { ScopeId: 0 }
        ? network.ToString()
        : throw new NginxException("An ingress rule has a source that is no network.");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A path as one word: between double quotes the quote and the backslash have a meaning, and the dollar none here.</summary>
    private static string Quoted(string path) => path.Any(char.IsControl)
        ? throw new NginxException("The path of nginx's stream module has characters that cannot be written.")
        : $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
