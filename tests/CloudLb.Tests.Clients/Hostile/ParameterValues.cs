using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Hostile;

/// <summary>What a parameter is given, by its name: values that go together and lead far, and those that should lead nowhere.</summary>
internal static class ParameterValues
{
    private static readonly TestCertificate Certificate = TestCertificate.SelfSigned(isEcdsa: true);

    private static readonly Dictionary<string, string[]> Sane = new()
    {
        ["LoadBalancerName"] = ["lb-1", "lb-2", "lb-3"],
        ["LoadBalancerNames"] = ["lb-1", "lb-2"],
        ["Protocol"] = ["HTTP", "TCP", "HTTPS", "SSL"],
        ["InstanceProtocol"] = ["HTTP", "TCP", "HTTPS", "SSL"],
        ["LoadBalancerPort"] = ["8080", "8081", "443"],
        ["LoadBalancerPorts"] = ["8080", "8081"],
        ["InstancePort"] = ["9", "80"],
        ["AvailabilityZones"] = ["us-east-1a", "us-east-1b"],
        ["Subnets"] = ["subnet-12345678"],
        ["SecurityGroups"] = ["sg-12345678"],
        ["Scheme"] = ["internal", "internet-facing"],
        ["Target"] = ["HTTP:80/ping", "TCP:80"],
        ["Interval"] = ["30"],
        ["Timeout"] = ["5"],
        ["HealthyThreshold"] = ["2"],
        ["UnhealthyThreshold"] = ["2"],
        ["InstanceId"] = ["127.0.0.1", "127.0.0.2", "i-0123456789abcdef0"],
        ["PolicyName"] = ["policy-1", "policy-2"],
        ["PolicyNames"] = ["policy-1", "policy-2"],
        ["PolicyTypeName"] =
        [
            "LBCookieStickinessPolicyType", "AppCookieStickinessPolicyType", "ProxyProtocolPolicyType", "SSLNegotiationPolicyType",
        ],
        ["AttributeName"] = ["CookieName", "CookieExpirationPeriod", "ProxyProtocol", "Protocol-TLSv1.2"],
        ["AttributeValue"] = ["true", "60", "JSESSIONID"],
        ["CookieName"] = ["JSESSIONID"],
        ["CookieExpirationPeriod"] = ["60"],
        ["Enabled"] = ["true", "false"],
        ["IdleTimeout"] = ["60"],
        ["Key"] = ["team", "elb.http.desyncmitigationmode"],
        ["Value"] = ["a", "strictest"],
        ["PageSize"] = ["400"],
    
        ["SSLCertificateId"] =
        [
            .. new[] { Account.First, Account.Second }.Select(account => $"arn:aws:iam::{account.Id}:server-certificate/cert-1"),
        ],
        ["ServerCertificateName"] = ["cert-1", "cert-2"],
        ["CertificateBody"] = [Certificate.Pem],
        ["PrivateKey"] = [Certificate.KeyPem],
        ["UserName"] = ["root"],
        ["Status"] = ["Active", "Inactive"],
        ["MaxItems"] = ["10"],
        ["MaxResults"] = ["5"],
        ["Name"] = ["vpc-id", "zone-name", "tag:team"],
        ["Attribute"] = ["enableDnsSupport", "instanceType"],
        ["VpcId"] = ["vpc-12345678"],
        ["SubnetId"] = ["subnet-12345678"],
        ["GroupId"] = ["sg-12345678"],
    };

    /// <param name="name">As in a query: <c>HealthCheck.Target</c>, <c>Listeners.member.1.Protocol</c>.</param>
    /// <returns>Empty where nothing is known to be sensible.</returns>
    public static string[] SaneOf(string name) => Sane.GetValueOrDefault(Last(name), []);

    /// <param name="name">As in a query.</param>
    public static IReadOnlyList<string> HostileOf(string name) => Last(name) switch
    {
        "LoadBalancerName" or "LoadBalancerNames" or "PolicyName" or "PolicyNames" or "Key" or "ServerCertificateName" =>
            HostileValues.Names,
        "Target" => HostileValues.HealthTargets,
        "CookieName" => HostileValues.CookieNames,
        "InstanceId" => HostileValues.InstanceIds,
        "CertificateBody" or "CertificateChain" or "PrivateKey" => HostileValues.Certificates,
        _ => HostileValues.Parameters,
    };

    /// <summary>Half a pair of surrogates, which no form can carry, is left out.</summary>
    public static string Escape(string text) => Uri.EscapeDataString(string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())));

    private static string Last(string name) => name.Split('.').Last(part => part is not ("member" or "1"));
}
