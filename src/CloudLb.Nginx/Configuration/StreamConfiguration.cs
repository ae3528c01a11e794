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

    // Of a flow: what it reads from the member. The client's side shares the listening socket and reads whole datagrams anyway.
    private const string LargestDatagram = "64k";

    // The memory of a pool's hash grows with its weights: 160 places each.
    private const int LargestWeight = 16;
    private const int OtherDescriptors = 64;

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

            """);
        foreach (var (index, pool) in pools.Index())
        {
            WritePool(text, index, pool, membersOf(pool));
        }

        foreach (var listener in listeners)
        {
            WriteListener(text, listener, addresses, pools.Index().FirstOrDefault(pool => pool.Item.Name == PoolOf(listener)), membersOf);
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

    /// <summary>The only pool that a listener sends to; null where it does something else.</summary>
    public static string? PoolOf(PlannedListener listener) => (listener.DefaultAction as PlannedAction.Forward)?.OnlyPool;

    private static void WritePool(StringBuilder text, int index, PlannedPool pool, IReadOnlyList<PlannedMember> members)
    {
        if (members.Count == 0)
        {
            return;
        }

        // The same flow has the same member for as long as that is there, over a reload too, when the hash is all that is left of it.
        var flow = pool.Balance == PoolBalance.Source ? "$remote_addr" : "$remote_addr$remote_port";
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

    private static void WriteListener(
        StringBuilder text, PlannedListener listener, EquatableArray<IPAddress> addresses, (int Index, PlannedPool? Item) pool,
        Func<PlannedPool, IReadOnlyList<PlannedMember>> membersOf)
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
        var isServed = pool.Item is not null && membersOf(pool.Item).Count > 0;
        text.Append(isServed ? string.Create(null, $"        proxy_pass p{pool.Index};\n    }}\n") : "        return \"\";\n    }\n");
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
