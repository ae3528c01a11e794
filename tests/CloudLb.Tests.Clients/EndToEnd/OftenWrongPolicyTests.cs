using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;
using static CloudLb.Tests.Clients.EndToEnd.BotoCalls;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>What other implementations of the API get wrong about policies, as boto3 sees it.</summary>
public sealed class OftenWrongPolicyTests(SharedServer server)
{
    [Fact]
    public async Task A_policy_s_name_is_taken_once_and_one_that_is_on_cannot_be_deleted_but_a_missing_one_can()
    {
        object Cookie(int period) => new { LoadBalancerName = "policies", PolicyName = "sticky", CookieExpirationPeriod = period };
        object Policy(string name) => new { LoadBalancerName = "policies", PolicyName = name };
        object Set(params string[] names) => new { LoadBalancerName = "policies", LoadBalancerPort = 18080, PolicyNames = names };
        var answers = await server.CallAsync(
            Creation("policies", Web), ("CreateLBCookieStickinessPolicy", Cookie(60)), ("CreateLBCookieStickinessPolicy", Cookie(61)),
            ("SetLoadBalancerPoliciesOfListener", Set("sticky")), ("DeleteLoadBalancerPolicy", Policy("sticky")),
            ("DeleteLoadBalancerPolicy", Policy("never")),
            ("SetLoadBalancerPoliciesOfListener", Set("never")), ("SetLoadBalancerPoliciesOfListener", Set()),
            ("DeleteLoadBalancerPolicy", Policy("sticky")),
            ("DescribeLoadBalancerPolicies", new { LoadBalancerName = "policies" }));

        Assert.Equal("DuplicatePolicyName: Policy Name [sticky] already exists.", Error(answers[2]));
        Assert.Equal(
            "InvalidConfigurationRequest: You cannot delete policy [sticky] since it is enabled or referred by other enabled policy.",
            Error(answers[4]));
        Assert.Null(answers[5]["error"]);
        Assert.Equal("PolicyNotFound: There is no policy with name never for load balancer policies", Error(answers[6]));

        // The empty list cleared.
        Assert.Null(answers[8]["error"]);
        Assert.Empty(answers[9]["PolicyDescriptions"]!.AsArray());
    }

    [Fact]
    public async Task Predefined_policies_and_policy_types_are_described_without_a_load_balancer()
    {
        var answers = await server.CallAsync(
            ("DescribeLoadBalancerPolicies", new { }),
            ("DescribeLoadBalancerPolicies", new { PolicyNames = new[] { "ELBSecurityPolicy-2016-08" } }),
            ("DescribeLoadBalancerPolicyTypes", new { }));

        var names = answers[0]["PolicyDescriptions"]!.AsArray().Select(policy => (string?)policy!["PolicyName"]).ToList();
        Assert.Contains("ELBSecurityPolicy-2016-08", names);
        Assert.Contains("ELBSecurityPolicy-TLS-1-2-2017-01", names);
        Assert.Equal("SSLNegotiationPolicyType", (string?)Assert.Single(answers[1]["PolicyDescriptions"]!.AsArray())!["PolicyTypeName"]);
        Assert.Equal(6, answers[2]["PolicyTypeDescriptions"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_policy_by_reference_copies_and_a_secure_listener_always_has_a_negotiation_policy()
    {
        var files = ServerCertificateFiles.New("often-wrong.test");
        var certificate = await new GoSdk(server.Process.Url, Account.First, "tests").CallAsync(
            "iam:UploadServerCertificate",
            new { CertificateBody = files.Certificate, PrivateKey = files.Key, ServerCertificateName = "often-wrong" },
            TestContext.Current.CancellationToken);
        var arn = certificate.Need("UploadServerCertificateResult", "ServerCertificateMetadata", "Arn").Value;
        object Set(params string[] names) => new { LoadBalancerName = "secure", LoadBalancerPort = 18443, PolicyNames = names };
        var reference = new[] { new { AttributeName = "Reference-Security-Policy", AttributeValue = "ELBSecurityPolicy-TLS-1-2-2017-01" } };
        var describe = ("DescribeLoadBalancers", (object)new { LoadBalancerNames = new[] { "secure" } });
        var answers = await server.CallAsync(
            Creation(
                "secure",
                [new
                {
                    Protocol = "HTTPS",
                    LoadBalancerPort = 18443,
                    InstanceProtocol = "HTTP",
                    InstancePort = 8000,
                    SSLCertificateId = arn,
                }]),
            describe,
            (
                "CreateLoadBalancerPolicy",
                new
                {
                    LoadBalancerName = "secure",
                    PolicyName = "tls",
                    PolicyTypeName = "SSLNegotiationPolicyType",
                    PolicyAttributes = reference,
                }),
            ("CreateAppCookieStickinessPolicy", new { LoadBalancerName = "secure", PolicyName = "app", CookieName = "session" }),
            ("SetLoadBalancerPoliciesOfListener", Set("tls")), describe,
            ("SetLoadBalancerPoliciesOfListener", Set("app")), describe,
            ("SetLoadBalancerPoliciesOfListener", Set()), describe,
            ("DescribeLoadBalancerPolicies", new { LoadBalancerName = "secure", PolicyNames = new[] { "tls" } }));

        Assert.Equal(["ELBSecurityPolicy-2016-08"], Names(answers[1]));
        Assert.Equal(["tls"], Names(answers[5]));
        Assert.Equal(["app", "ELBSecurityPolicy-2016-08"], Names(answers[7]));
        Assert.Equal(["ELBSecurityPolicy-2016-08"], Names(answers[9]));
        var attributes = answers[10]["PolicyDescriptions"]![0]!["PolicyAttributeDescriptions"]!.AsArray()
            .ToDictionary(attribute => (string)attribute!["AttributeName"]!, attribute => (string?)attribute!["AttributeValue"]);
        Assert.Equal(
            ("ELBSecurityPolicy-TLS-1-2-2017-01", "true"), (attributes["Reference-Security-Policy"], attributes["Protocol-TLSv1.2"]));

        IEnumerable<string?> Names(JsonNode answer) =>
            answer["LoadBalancerDescriptions"]![0]!["ListenerDescriptions"]![0]!["PolicyNames"]!.AsArray().Select(name => (string?)name);
    }
}
