using System.Net;

namespace CloudLb.Bench.Processes;

/// <summary>An HAProxy configuration written by hand.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Ports">On which ports.</param>
/// <param name="CertificateFile">The certificate and its key, PEM; null for no HTTPS.</param>
/// <param name="Instances">The instances' addresses.</param>
/// <param name="InstancePort">Their port.</param>
/// <param name="HeaderNames">
/// How headers are spelled, for <c>h1-case-adjust-file</c>; null for a configuration that does nothing to a request.
/// </param>
internal sealed record HandWritten(
    IPAddress Address, ListenerPorts Ports, string? CertificateFile, IReadOnlyList<string> Instances, int InstancePort, string? HeaderNames)
{
    public string Text(int threads)
    {
        var servers = string.Join(
            "\n", Instances.Select((instance, index) => $"  server s{index} {instance}:{InstancePort} check inter 30s"));
        var secure = CertificateFile is { } file
            ? $"  bind {Address}:{Ports.Https} ssl crt {file} ssl-max-ver TLSv1.2 ciphers ECDHE-RSA-AES128-GCM-SHA256"
            : "";
        return $$"""
            global
              maxconn 8000
              nbthread {{threads}}
            {{(HeaderNames is null ? "" : $"  tune.bufsize 69632\n  tune.http.maxhdr 1024\n  h1-case-adjust-file {HeaderNames}")}}
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 60s
            frontend http
              bind {{Address}}:{{Ports.Http}}
            {{secure}}
            {{(HeaderNames is null ? "" : LikeAws)}}
              default_backend http
            backend http
              balance leastconn
            {{(HeaderNames is null ? "" : "  option h1-case-adjust-bogus-server")}}
            {{servers}}
            listen tcp
              mode tcp
              bind {{Address}}:{{Ports.Tcp}}
              balance roundrobin
            {{servers}}
            """;
    }

    /// <summary>What a listener of AWS's does to each request, in HAProxy's words.</summary>
    public const string LikeAws = """
          option h1-case-adjust-bogus-client
          timeout http-request 10s
          timeout http-keep-alive 60s
          http-request return status 405 if { method -m len 128: }
          option forwardfor if-none
          http-request set-header X-Forwarded-For "%[req.fhdr(x-forwarded-for)], %[src]" if { req.fhdr(x-forwarded-for) -m found }
          http-request set-header X-Forwarded-Port %[dst_port]
          http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]
        """;
}
