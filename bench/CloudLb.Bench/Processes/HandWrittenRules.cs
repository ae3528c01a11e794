using System.Net;

namespace CloudLb.Bench.Processes;

/// <summary>What somebody writes by hand for listeners with rules, and for a weighted forward.</summary>
/// <param name="FirstPort">The first listener's; the next ones follow.</param>
/// <param name="Counts">How many rules each has.</param>
/// <param name="WeightedPort">Where two groups share the requests.</param>
/// <param name="Servers">The one server of each of the two groups, with its port.</param>
internal sealed record HandWrittenRules(int FirstPort, int[] Counts, int WeightedPort, string[] Servers)
{
    /// <param name="address">Where it listens.</param>
    /// <param name="threads">Of the process.</param>
    /// <param name="headerNames">How headers are spelled.</param>
    public string HAProxy(IPAddress address, int threads, string headerNames)
    {
        var listeners = Counts.Select((count, index) => $$"""
            frontend ruled-{{count}}
              bind {{address}}:{{FirstPort + index}}
            {{HandWritten.LikeAws}}
            {{Traced(FirstPort + index)}}
            {{Lines(count, number => $"  use_backend group{number % 2} if {{ path_beg /r{number}/ }}")}}
              default_backend missing
            """);
        return $$"""
            global
              maxconn 8000
              nbthread {{threads}}
              tune.bufsize 69632
              tune.http.maxhdr 1024
              h1-case-adjust-file {{headerNames}}
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 60s
            {{string.Join("\n", listeners)}}
            frontend weighted
              bind {{address}}:{{WeightedPort}}
            {{HandWritten.LikeAws}}
            {{Traced(WeightedPort)}}
              use_backend group1 if { rand(4) lt 1 }
              default_backend group0
            backend missing
              http-request return status 404
            {{string.Join("\n", Servers.Select((server, index) => $"""
            backend group{index}
              option h1-case-adjust-bogus-server
              server s {server} check inter 30s
            """))}}
            """;
    }

    /// <summary>The lines of the <c>http</c> section.</summary>
    public string Nginx(IPAddress address) => $$"""
        {{string.Join("\n", Servers.Select((server, index) =>
            $"upstream group{index} {{ server {server}; keepalive 64; keepalive_requests 1000000000; }}"))}}
        split_clients $request_id $weighted { 75% group0; * group1; }
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Port $server_port;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Amzn-Trace-Id Root=1-$request_id;
        {{string.Join("\n", Counts.Select((count, index) => $$"""
        server {
          listen {{address}}:{{FirstPort + index}};
        {{Lines(count, number => $"  location /r{number}/ {{ proxy_pass http://group{number % 2}; }}")}}
          location / { return 404; }
        }
        """))}}
        server {
          listen {{address}}:{{WeightedPort}};
          location / { proxy_pass http://$weighted; }
        }
        """;

    /// <summary>What a listener of an application load balancer does besides: only what it answers by itself is given a date.</summary>
    /// <param name="port">The listener's, which targets find in Host.</param>
    public static string Traced(int port) => $$"""
          http-request set-header X-Amzn-Trace-Id Root=1-%[uuid] unless { req.fhdr(x-amzn-trace-id) -m found }
          http-request set-header Host %[req.hdr(host),field(1,:)]:{{port}} unless { req.hdr(host) -m end :{{port}} }
          http-after-response set-header Date %[date,http_date] if { status 400:599 } !{ res.fhdr(date) -m found }
        """;

    private static string Lines(int count, Func<int, string> line) => string.Join("\n", Enumerable.Range(1, count).Select(line));
}
