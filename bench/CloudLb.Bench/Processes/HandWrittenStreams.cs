using System.Net;

namespace CloudLb.Bench.Processes;

/// <summary>What somebody writes by hand who wants connections and datagrams passed on as they are.</summary>
/// <param name="TcpPort">Where connections come in.</param>
/// <param name="UdpPort">Where datagrams come in.</param>
/// <param name="Servers">The servers with their port, which take both.</param>
internal sealed record HandWrittenStreams(int TcpPort, int UdpPort, IReadOnlyList<string> Servers)
{
    /// <summary>Connections alone: HAProxy carries no datagrams.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="threads">Of the process.</param>
    public string HAProxy(IPAddress address, int threads) => $$"""
        global
          maxconn 8000
          nbthread {{threads}}
        defaults
          mode tcp
          timeout connect 5s
          timeout client 350s
          timeout server 350s
        listen tcp
          bind {{address}}:{{TcpPort}}
          balance roundrobin
        {{string.Join("\n", Servers.Select((server, index) => $"  server s{index} {server} check inter 30s"))}}
        """;

    /// <summary>
    /// The lines of the <c>stream</c> section. Each worker has a socket of its own for datagrams; without one, those of a flow would come
    /// to all of them.
    /// </summary>
    public string Nginx(IPAddress address) => $$"""
        upstream tcp {
        {{Lines}}
        }
        upstream udp {
          hash $remote_addr$remote_port consistent;
        {{Lines}}
        }
        server { listen {{address}}:{{TcpPort}}; proxy_timeout 350s; proxy_pass tcp; }
        server { listen {{address}}:{{UdpPort}} udp reuseport; proxy_timeout 120s; proxy_pass udp; }
        """;

    private string Lines => string.Join("\n", Servers.Select(server => $"  server {server};"));
}
