using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Tools;

/// <summary>Keys and regions out of files and the environment, and what is installed: links, completion, man pages.</summary>
public sealed class ToolSurroundingsTests(SharedServer server, ToolCommands tools)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_region_comes_from_EC2_REGION_and_the_key_from_AWS_CREDENTIAL_FILE()
    {
        const string Lb = "elb-region";
        var made = await tools.RunAsync(
            server.Process.Url, "elb-create-lb", [Lb, "-l", "protocol=HTTP,lb-port=80,instance-port=80", "-z", "eu-west-1a"],
            ("EC2_REGION", "eu-west-1"));
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.NotNull(await server.Process.StatusAsync(Lb, Token, region: "eu-west-1"));
        Assert.DoesNotContain(Lb, await tools.DoAsync(server.Process.Url, "elb-describe-lbs"));
        Assert.Contains(Lb, await tools.DoAsync(server.Process.Url, "eulb-describe-lbs", "--region", "eu-west-1"));
        Assert.Contains(Lb, await tools.DoAsync(server.Process.Url, "elb-describe-lbs", "--region=eu-west-1"));

        // The line goes before the file.
        Assert.DoesNotContain(
            Lb,
            await tools.DoAsync(
                server.Process.Url, "elb-describe-lbs", "--region", "eu-west-1", "-I", Account.Second.AccessKeyId,
                "-S", Account.Second.SecretAccessKey));
        await tools.DoAsync(server.Process.Url, "elb-delete-lb", Lb, "--region", "eu-west-1", "--force");
    }

    [Fact]
    public async Task What_env_exports_is_enough()
    {
        var result = await ChildProcess.RunAsync(
            "bash",
            [
                "-c",
                "set -eu; unset AWS_ELB_URL AWS_CREDENTIAL_FILE EC2_REGION; " +
                $"eval \"$('{CloudLbProcess.Executable}' env --DataDirectory='{server.Process.DataDirectory}')\"; " +
                $"'{tools.Links}/elb-describe-lb-policies' | grep -c POLICY; '{tools.Links}/eulb-describe-lb-policies' | grep -c POLICY",
            ],
            [], Token);

        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Fact]
    public async Task Another_endpoint_is_asked_by_a_signed_form_at_its_own_path()
    {
        await using var service = await CannedService.StartAsync(Token);
        service.Body = "<DescribeLoadBalancersResponse><DescribeLoadBalancersResult><LoadBalancerDescriptions/>" +
            "</DescribeLoadBalancersResult></DescribeLoadBalancersResponse>";

        Assert.Equal("No LoadBalancers found\n", await tools.DoAsync(service.Url, "elb-describe-lbs", "verbose"));
        Assert.Equal("Action=DescribeLoadBalancers&Version=2012-06-01&LoadBalancerNames.member.1=verbose", service.Asked.Form);
        Assert.StartsWith($"AWS4-HMAC-SHA256 Credential={Account.First.AccessKeyId}/", service.Asked.Authorization);
        Assert.Contains("/us-east-1/elasticloadbalancing/aws4_request", service.Asked.Authorization);

        var withToken = await tools.RunAsync(service.Url, "eulb-describe-lbs", ["--security-token", "token"]);
        Assert.Equal((0, ""), (withToken.ExitCode, withToken.Output));
        Assert.Contains("x-amz-security-token", service.Asked.Authorization);
    }

    [Fact]
    public async Task Links_are_made_once_and_never_over_something_else()
    {
        var folder = Directory.CreateTempSubdirectory("clb-links-").FullName;
        Assert.Equal(0, (await InstallAsync(folder)).ExitCode);
        Assert.Equal(0, (await InstallAsync(folder)).ExitCode);
        Assert.Equal(55, Directory.EnumerateFiles(folder).Count());

        File.Delete(Path.Combine(folder, "elb-cmd"));
        File.Delete(Path.Combine(folder, "eulb-delete-lb"));
        await File.WriteAllTextAsync(Path.Combine(folder, "eulb-delete-lb"), "somebody else's", Token);
        var refused = await InstallAsync(folder);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("eulb-delete-lb is there already", refused.Error);
        Assert.False(File.Exists(Path.Combine(folder, "elb-cmd")));
        Assert.Equal("somebody else's", await File.ReadAllTextAsync(Path.Combine(folder, "eulb-delete-lb"), Token));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Bash_completes_options_values_and_commands()
    {
        var script = $"set -e; '{ToolCommands.Executable}' completion bash >\"$0\"; bash -n \"$0\"; . \"$0\"; " +
            "complete_line() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _cloudlb_tools; echo \"${COMPREPLY[@]}\"; }; " +
            "complete -p elb-create-lb >/dev/null; complete_line elb-create-lb web --av; complete_line elb-cmd describe-lb-p; " +
            "complete_line eulb-create-lb --scheme int; " +
            "complete_line elb-cmd describe-lbs --show-l; complete_line eulb-describe-tags --show-h";
        var file = Path.GetTempFileName();
        var completed = await ChildProcess.RunAsync("bash", ["-c", script, file], [], Token);
        File.Delete(file);

        Assert.True(completed.ExitCode == 0, completed.Error);
        Assert.Equal(
            [
                "--availability-zones", "describe-lb-policies describe-lb-policy-types", "internal internet-facing",
                "--show-long", "--show-headers",
            ],
            completed.Output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Zsh_loads_its_completion()
    {
        var loaded = await ShellFiles.LoadInZshAsync(ToolCommands.Executable, "echo ${_comps[eulb-delete-lb]}");

        Assert.Equal((0, "_cloudlb_tools", ""), (loaded.ExitCode, loaded.Output.Trim(), loaded.Error));
    }

    [Fact]
    public async Task Man_pages_are_there_for_every_name_and_have_no_fault()
    {
        var folder = Directory.CreateTempSubdirectory("clb-man-").FullName;
        Assert.Equal(0, (await ChildProcess.RunAsync(ToolCommands.Executable, ["man", folder], [], Token)).ExitCode);
        Assert.Equal(
            Directory.EnumerateFiles(tools.Links).Select(Path.GetFileName).Append("cloudlb-tools").Order(),
            Directory.EnumerateFiles(folder).Select(Path.GetFileNameWithoutExtension).Order());

        var faults = await ShellFiles.FaultsOfManPagesAsync(folder);
        Directory.Delete(folder, recursive: true);

        Assert.Equal("", faults);
    }

    private static Task<ChildProcess.Result> InstallAsync(string folder) =>
        ChildProcess.RunAsync(ToolCommands.Executable, ["install-links", folder], [], Token);
}
