using System.Globalization;
using System.Net;

namespace CloudLb.Bench.Processes;

/// <summary>
/// An nginx of the benchmark's own, configured by hand for the same work: HTTP with kept-alive connections to the instances, HTTPS, TCP.
/// </summary>
internal static class NginxProcess
{
    private static readonly string[] StreamModules =
    [
        "/usr/lib/nginx/modules/ngx_stream_module.so", "/usr/lib64/nginx/modules/ngx_stream_module.so",
    ];

    private static string Module => StreamModules.FirstOrDefault(File.Exists) is { } path ? $"load_module {path};" : "";

    /// <param name="certificateFile">The certificate and its key, PEM.</param>
    public static async Task<ChildProcess> StartAsync(
        Workplace workplace, IPAddress address, ListenerPorts ports, string certificateFile, IEnumerable<string> instances,
        int instancePort, CancellationToken cancellationToken)
    {
        var upstream = string.Join(" ", instances.Select(instance => $"server {instance}:{instancePort};"));
        return await StartAsync(workplace, Module, $$"""
              upstream instances { {{upstream}} keepalive 64; keepalive_requests 1000000000; }
              server {
                listen {{address}}:{{ports.Http}};
                listen {{address}}:{{ports.Https}} ssl;
                ssl_certificate {{certificateFile}};
                ssl_certificate_key {{certificateFile}};
                ssl_protocols TLSv1.2;
                ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256;
                location / {
                  proxy_pass http://instances;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Port $server_port;
                  proxy_set_header X-Forwarded-Proto $scheme;
                }
              }
            """, $$"""
            stream {
              upstream instances { {{upstream}} }
              server { listen {{address}}:{{ports.Tcp}}; proxy_pass instances; }
            }
            """, cancellationToken);
    }

    /// <summary>One that does what the lines in its <c>http</c> section say.</summary>
    public static Task<ChildProcess> StartAsync(Workplace workplace, string http, CancellationToken cancellationToken) =>
        StartAsync(workplace, "", http, "", cancellationToken);

    /// <summary>One that does what the lines in its <c>stream</c> section say.</summary>
    public static Task<ChildProcess> StartStreamsAsync(Workplace workplace, string stream, CancellationToken cancellationToken) =>
        StartAsync(workplace, Module, "", $"stream {{\n{stream}\n}}", cancellationToken);

    private static async Task<ChildProcess> StartAsync(
        Workplace workplace, string before, string http, string after, CancellationToken cancellationToken)
    {
        var configuration = $$"""
            {{before}}
            worker_processes {{HAProxyProcess.Threads}};
            daemon off;
            pid {{workplace.PathOf("nginx.pid")}};
            error_log stderr notice;
            events { worker_connections 8000; }
            http {
              access_log off;
              client_body_temp_path {{workplace.PathOf("nginx-body")}};
              proxy_temp_path {{workplace.PathOf("nginx-proxy")}};
              fastcgi_temp_path {{workplace.PathOf("nginx-fastcgi")}};
              uwsgi_temp_path {{workplace.PathOf("nginx-uwsgi")}};
              scgi_temp_path {{workplace.PathOf("nginx-scgi")}};
              keepalive_requests 1000000000;
            {{http}}
            }
            {{after}}
            """;
        var file = workplace.PathOf("nginx.conf");
        await File.WriteAllTextAsync(file, configuration, cancellationToken);
        return await ChildProcess.StartOnItsOwnAsync(
            "/usr/sbin/nginx", ["-c", file, "-p", workplace.Directory],
            line => line.Contains("start worker process ", StringComparison.Ordinal), cancellationToken);
    }

    /// <summary>The process and its workers.</summary>
    public static IReadOnlyList<int> Of(int masterId) =>
        [masterId, .. File.ReadAllText($"/proc/{masterId}/task/{masterId}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(int.Parse)];

    /// <summary>Those that carry a CloudLb's datagrams to all of the servers; none while it has not taken them up.</summary>
    public static IReadOnlyList<int> Of(string dataDirectory, IReadOnlyList<string> servers) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(dataDirectory, "nginx"), "served.conf", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file) is var text
                && servers.All(server => text.Contains($" {server} ", StringComparison.Ordinal)))
            .SelectMany(file => Of(int.Parse(
                File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "nginx.pid")), CultureInfo.InvariantCulture))),
    ];
}
