using CloudLb.Server.Settings;
using CloudLb.Server.Startup;

namespace CloudLb.Server.Operator;

/// <summary>What the server says when it is ready: where it is, and three lines that make a first load balancer.</summary>
internal static class ReadyMessage
{
    private const int HttpPort = 80;
    private const int UnprivilegedHttpPort = 8080;

    public static string Of(CloudLbSettings settings)
    {
        var effective = EffectiveSettingsReader.Of(settings);
        var port = MayBind(HttpPort) ? HttpPort : UnprivilegedHttpPort;
        var zone = new RegionZones(settings.Server.Zones).Of(effective.Region)[0];
        var credentials = string.IsNullOrEmpty(settings.Server.AccessKeyId) ? CredentialsFile.PathIn(settings.DataDirectory) : "the settings";
        var certificate = effective.CertificateFile is { } file ? $" --CertificateFile='{file}'" : "";
        return $"""
            CloudLb is ready at {effective.Endpoint}
            Credentials: {credentials}
            To make a first load balancer for a web server on port 8000 of this machine, paste in another shell:
              eval "$('{Environment.ProcessPath}' env --DataDirectory='{settings.DataDirectory}' --Url={settings.Server.Url}{certificate})"
              aws --endpoint-url {effective.Endpoint} elb create-load-balancer --load-balancer-name web --availability-zones {zone} --listeners Protocol=HTTP,LoadBalancerPort={port},InstanceProtocol=HTTP,InstancePort=8000
              aws --endpoint-url {effective.Endpoint} elb register-instances-with-load-balancer --load-balancer-name web --instances 127.0.0.1
            and then: curl http://$(cloudlb address web){(port == HttpPort ? "" : $":{port}")}/
            """;
    }

    private static bool MayBind(int port)
    {
        const string FirstUnprivileged = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
        return Environment.IsPrivilegedProcess
            || (File.Exists(FirstUnprivileged) && int.TryParse(File.ReadAllText(FirstUnprivileged), out var first) && first <= port);
    }
}
