using CloudLb.Cli.Migration.Printing;

namespace CloudLb.Tests.Unit.Migration;

/// <summary>Names and texts in the languages that an export is printed in.</summary>
public sealed class PrintedTextTests
{
    [Theory]
    [InlineData("LoadBalancerName", "load-balancer-name")]
    [InlineData("SSLCertificateId", "ssl-certificate-id")]
    [InlineData("VpcId", "vpc-id")]
    [InlineData("SetLoadBalancerPoliciesForBackendServer", "set-load-balancer-policies-for-backend-server")]
    public void A_parameter_is_spelled_as_the_CLI_spells_it(string name, string spelled) =>
        Assert.Equal(spelled, ShellCommands.Hyphened(name));

    [Theory]
    [InlineData("a \"b\" \\", "\"a \\\"b\\\" \\\\\"")]
    [InlineData("${x} %{y} $z", "\"$${x} %%{y} $z\"")]
    [InlineData("a\nb\u0007", "\"a\\nb\\u0007\"")]
    [InlineData("#{host}", "\"#{host}\"")]
    public void A_text_is_no_template_of_Terraform(string text, string quoted) => Assert.Equal(quoted, HclBlock.Quoted(text));

    [Fact]
    public void Labels_are_words_and_none_is_there_twice()
    {
        var labels = new Labels();

        Assert.Equal(
            ["web_1", "web_1_2", "r_80", "r_", "a_b"],
            new[] { "web-1", "Web.1", "80", "../", "a b" }.Select(name => labels.Of(name)));
    }
}
