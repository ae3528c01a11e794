using System.Xml.Linq;
using System.Xml.XPath;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Tools;

/// <summary>How scripts in the wild read the output, with their own tools: awk, cut, grep, XPath.</summary>
public sealed class ScriptContractTests(SharedServer server, ToolCommands tools)
{
    private const string Members = "/DescribeLoadBalancersResponse/DescribeLoadBalancersResult/LoadBalancerDescriptions/member";

    [Fact]
    public async Task Scripts_that_cut_columns_find_what_they_look_for()
    {
        const string Lb = "elb-scripts";
        var created = await ShellAsync(
            $"elb-create-lb {Lb} --listener \"protocol=HTTP, lb-port=80, instance-port=80\" --availability-zones us-east-1a,us-east-1b" +
            " | sed -n 's/^DNS_NAME[ \\t]*//p'");
        Assert.StartsWith($"{Lb}-", created);
        Assert.Equal(created, await ShellAsync($"elb-describe-lbs | awk '$2 == \"{Lb}\" {{print $3}}'"));
        Assert.Equal(created, await ShellAsync($"elb-describe-lbs {Lb} --headers | tail -1 | awk '{{print $3}}'"));

        var described = await server.Api.CallAsync($"Action=DescribeLoadBalancers&LoadBalancerNames.member.1={Lb}", Token);
        Assert.Equal(described.Value("CanonicalHostedZoneNameID"), await ShellAsync($"elb-describe-lbs {Lb} --show-long | cut -d, -f5"));

        await ShellAsync($"elb-register-instances-with-lb {Lb} --instances 127.0.0.1,127.0.0.2");
        Assert.Equal(
            $"{Lb} 127.0.0.1, 127.0.0.2",
            await ShellAsync(
                $"export CLOUDLB_TOOLS_LONG_FORM=classic; elb-describe-lbs {Lb} --show-long --delimiter '|' |" +
                " awk -F'|' '{print $2 \" \" $8}'"));
        Assert.Equal(
            "127.0.0.1\n127.0.0.2",
            await ShellAsync($"elb-describe-instance-health {Lb} | grep OutOfService | awk '{{print $2}}'"));
        Assert.Equal(
            "OutOfService",
            await ShellAsync($"elb-describe-instance-health --lb {Lb} | sed -n 's/^INSTANCE_ID[ ]*127.0.0.1[ ]*\\([^ ]*\\).*/\\1/p'"));
        Assert.Equal(
            "us-east-1a\nus-east-1b\nus-east-1c",
            await ShellAsync(
                $"elb-enable-zones-for-lb {Lb} --availability-zones us-east-1c | sed -n 's/^AVAILABILITY_ZONES *//p' | sed 's/, /\\n/g'"));
        Assert.Equal("", await ShellAsync($"elb-deregister-instances-from-lb {Lb} --region us-east-1 --quiet --instances 127.0.0.1"));
        await ShellAsync($"elb-delete-lb {Lb} --force");
    }

    [Fact]
    public async Task The_raw_answer_is_read_by_XPath()
    {
        const string Lb = "elb-xpath";
        await ShellAsync($"elb-create-lb {Lb} -l 'protocol=HTTP,lb-port=80,instance-port=80' -z us-east-1a");
        var document = XDocument.Parse(await ShellAsync($"elb-describe-lbs {Lb} --show-xml"));
        foreach (var element in document.Descendants())
        {
            element.Name = element.Name.LocalName;
        }

        Assert.Equal(
            Lb,
            document.XPathSelectElement($"{Members}/LoadBalancerName")?.Value);
        Assert.StartsWith("HTTP/1.1 200\n", await ShellAsync($"elb-describe-lbs {Lb} --show-xml --headers"));
        await ShellAsync($"elb-delete-lb {Lb} --force");
    }

    [Fact]
    public async Task Smoke_tests_of_scripts_pass()
    {
        Assert.Contains("ELBSecurityPolicy-2016-08", await ShellAsync("elb-describe-lb-policies"));
        Assert.NotEqual("", await ShellAsync("elb-cmd version | grep 'API 2012-06-01'"));
        Assert.NotEqual("", await ShellAsync("elb-cmd --help | grep elb-create-lb"));
        Assert.StartsWith("POLICY_TYPE", await ShellAsync("elb-cmd describe-lb-policy-types"));
        Assert.StartsWith("euca2ools 3.4 ", await ShellAsync("eulb-describe-lbs --version"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the line prints, without the last line end; it must succeed.</summary>
    private async Task<string> ShellAsync(string line)
    {
        var result = await ChildProcess.RunAsync(
            "bash", ["-c", $"set -euo pipefail; PATH='{tools.Links}':$PATH; {line}"],
            new Dictionary<string, string?>
            {
                ["AWS_ELB_URL"] = server.Process.Url.ToString(), ["AWS_CREDENTIAL_FILE"] = tools.CredentialFile,
                ["EC2_REGION"] = "us-east-1",
            },
            Token);
        Assert.True(result.ExitCode == 0, $"{line} ended with {result.ExitCode}: {result.Error}");
        return result.Output.TrimEnd('\n');
    }
}
