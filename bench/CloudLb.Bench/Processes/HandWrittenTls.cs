using System.Net;

namespace CloudLb.Bench.Processes;

/// <summary>What somebody writes by hand for an HTTPS listener with many certificates that speaks HTTP/2 too.</summary>
/// <param name="Port">The listener's.</param>
/// <param name="Names">Whose certificates there are; the first one's is for names that none is for.</param>
/// <param name="Files">The certificate of each name and its key, PEM.</param>
/// <param name="Servers">The servers with their port.</param>
internal sealed record HandWrittenTls(int Port, IReadOnlyList<string> Names, IReadOnlyList<string> Files, IReadOnlyList<string> Servers)
{
    /// <summary>The lines of the file for <c>crt-list</c>.</summary>
    public string List => string.Join("\n", Files) + "\n";

    /// <param name="address">Where it listens.</param>
    /// <param name="threads">Of the process.</param>
    /// <param name="listFile">Where <see cref="List"/> stands.</param>
    /// <param name="headerNames">How headers are spelled.</param>
    public string HAProxy(IPAddress address, int threads, string listFile, string headerNames) => $$"""
        global
          maxconn 8000
          nbthread {{threads}}
          tune.bufsize 69632
          tune.http.maxhdr 1024
          tune.h2.max-concurrent-streams 128
          h1-case-adjust-file {{headerNames}}
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
        frontend secure
          bind {{address}}:{{Port}} ssl crt-list {{listFile}} alpn h2,http/1.1 ssl-max-ver TLSv1.2 ciphers {{Cipher}}
        {{HandWritten.LikeAws}}
        {{HandWrittenRules.Traced(Port)}}
          default_backend instances
        backend instances
          balance roundrobin
          option h1-case-adjust-bogus-server
        {{string.Join("\n", Servers.Select((server, index) => $"  server s{index} {server} check inter 30s"))}}
        """;

    /// <summary>The lines of the <c>http</c> section.</summary>
    public string Nginx(IPAddress address) => $$"""
        upstream instances {
        {{string.Join("\n", Servers.Select(server => $"  server {server};"))}}
          keepalive 512;
          keepalive_requests 1000000000;
        }
        ssl_protocols TLSv1.2;
        ssl_ciphers {{Cipher}};
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header Connection "";
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Port $server_port;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Amzn-Trace-Id Root=1-$request_id;
        {{string.Join("\n", Names.Select((name, index) => $$"""
        server {
          listen {{address}}:{{Port}} ssl http2;
          server_name {{name}};
          ssl_certificate {{Files[index]}};
          ssl_certificate_key {{Files[index]}};
          location / { proxy_pass http://instances; }
        }
        """))}}
        """;

    /// <summary>The one that all sides and the load agree on.</summary>
    public const string Cipher = "ECDHE-RSA-AES128-GCM-SHA256";
}
