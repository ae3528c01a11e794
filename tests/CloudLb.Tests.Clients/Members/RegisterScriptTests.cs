using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Members;

/// <summary>The script that a member machine registers itself with, against the real server.</summary>
public sealed class RegisterScriptTests(MemberServer server) : IClassFixture<MemberServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox sh")]
    [InlineData("bash")]
    public async Task It_registers_waits_for_service_and_deregisters_once_drained(string shell)
    {
        using var script = new RegisterScript(shell, server.Settings());

        var registered = await script.RunAsync("--wait", "60");

        Assert.Equal(
            (0, $"registered {server.Backend.Address} with web\n", ""), (registered.ExitCode, registered.Output, registered.Error));
        Assert.Equal("InService", (await server.Api.HealthAsync("web", server.Backend.Address, Token)).State);

        var deregistered = await script.RunAsync("--unregister");

        Assert.Equal(
            (0, $"deregistered {server.Backend.Address} from web\n", ""),
            (deregistered.ExitCode, deregistered.Output, deregistered.Error));
        Assert.Equal("OutOfService", (await server.Api.HealthAsync("web", server.Backend.Address, Token)).State);
        Assert.Equal(["member.conf"], Directory.EnumerateFiles(script.Directory).Select(Path.GetFileName));
    }

    [Fact]
    public async Task It_waits_until_what_was_begun_has_ended()
    {
        using var script = new RegisterScript("dash", server.Settings());
        await script.RunAsync("--wait", "60");
        var slow = Traffic.GetAsync(new Uri(await server.Process.TrafficUrlAsync("web", Token), "slow"), Token);
        await server.Backend.SlowArrived;

        var impatient = await script.RunAsync("--unregister", "--wait", "1");

        Assert.Equal(4, impatient.ExitCode);
        Assert.Contains("deregistration currently in progress", impatient.Error, StringComparison.Ordinal);
        server.Backend.Release();
        Assert.Equal(200, (await slow).Status);
        Assert.Equal(0, (await script.RunAsync("--unregister")).ExitCode);
    }

    [Theory]
    [InlineData("CLB_SECRET_ACCESS_KEY", "wrong", 2, "SignatureDoesNotMatch")]
    [InlineData("CLB_ACCESS_KEY_ID", "AKIDNOBODY", 2, "InvalidClientTokenId")]
    [InlineData("CLB_INSTANCE", "127.0.0.9", 2, "AccessDenied")]
    [InlineData("CLB_LOAD_BALANCERS", "other", 2, "AccessDenied")]
    [InlineData("CLB_URL", "http://127.0.0.1:1/", 3, "cannot be reached")]
    [InlineData("CLB_URL", "http://127.0.0.1:1/?x=\"\nurl = \"file:///etc/passwd", 1, "")]
    [InlineData("CLB_URL", "file:///etc/passwd", 1, "must begin with http")]
    [InlineData("CLB_URL", "http://user@127.0.0.1/", 1, "host")]
    [InlineData("CLB_REGION", "us-east-1/x", 1, "no region")]
    [InlineData("CLB_INSTANCE", "127.0.0.1&Instances.member.2.InstanceId=127.0.0.2", 1, "no instance")]
    [InlineData("CLB_INSTANCE", "$(touch owned)", 1, "no instance")]
    [InlineData("CLB_LOAD_BALANCERS", "web\"$(touch owned)`touch owned`", 1, "letters, digits and hyphens")]
    [InlineData("CLB_CA_FILE", "/x\" -o owned", 1, "CA file")]
    [InlineData("CLB_RENEW_SECONDS", "1+1", 1, "number")]
    [InlineData("CLB_SURPRISE", "1", 1, "not known")]
    [InlineData("PATH", "/nowhere", 1, "not known")]
    [InlineData("CLB_URL CLB_REGION", "1", 1, "not known")]
    public async Task What_is_wrong_is_told_by_a_sentence_and_the_status(string setting, string value, int status, string told)
    {
        using var script = new RegisterScript("dash", server.Settings((setting, value)));

        var result = await script.RunAsync();

        Assert.True(result.ExitCode == status, $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
        Assert.StartsWith("clb-register: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(["member.conf"], Directory.EnumerateFiles(script.Directory).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Several_load_balancers_are_served_whatever_becomes_of_one()
    {
        using var script = new RegisterScript("dash", server.Settings());

        var result = await script.RunAsync("-l", "other", "-l", "web");

        Assert.Equal((2, $"registered {server.Backend.Address} with web\n"), (result.ExitCode, result.Output));
        Assert.Contains("other: AccessDenied: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_stands_on_no_command_line_and_in_no_environment()
    {
        using var script = new RegisterScript("dash", server.Settings());
        using var watched = new WatchedPrograms("curl", "openssl", "od", "sed", "tr", "date", "cat", "find", "sleep", "cut");

        var result = await script.RunAsync(
            [new("PATH", watched.Path), new("CLB_SECRET_ACCESS_KEY", server.Key.SecretAccessKey)], "--wait", "60");

        Assert.True(result.ExitCode == 0, result.Error);
        var seen = watched.Seen;
        Assert.Contains("curl", seen, StringComparison.Ordinal);
        Assert.Contains("openssl", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Key.SecretAccessKey.Trim(), seen, StringComparison.Ordinal);
        Assert.DoesNotContain("touch owned", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Signature=", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("hexkey", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kept_running_it_waits_for_the_service_renews_and_deregisters_when_it_is_ended()
    {
        using var script = new RegisterScript(
            "dash",
            server.Settings(("CLB_RENEW_SECONDS", "1"), ("CLB_WAIT_PORT", "1"), ("CLB_WAIT_COMMAND", $"test -e up && touch \"seen\" '#'")));
        await server.Api.DeregisterAsync("web", server.Backend.Address, Token);
        using var kept = Process.Start(
            new ProcessStartInfo("env", ["-C", script.Directory, .. script.Command("--keep")]) { RedirectStandardError = true })!;
        var first = await kept.StandardError.ReadLineAsync(Token);

        Assert.Equal("clb-register: waiting for the service on this machine", first);
        Assert.False(await server.IsRegisteredAsync("web", Token));
        kept.Kill();
        await kept.WaitForExitAsync(Token);

        using var up = new RegisterScript(
            "dash", server.Settings(("CLB_RENEW_SECONDS", "1"), ("CLB_WAIT_COMMAND", "test -e up && touch \"seen\" '#'")));
        await File.WriteAllTextAsync(Path.Combine(up.Directory, "up"), "", Token);
        using var running = Process.Start("env", ["-C", up.Directory, .. up.Command("--keep")]);
        await Wait.ForAsync(() => server.IsRegisteredAsync("web", Token), registered => registered, Token);
        Assert.True(File.Exists(Path.Combine(up.Directory, "#")));

        // What others take away is there again with the next renewal.
        await server.Api.DeregisterAsync("web", server.Backend.Address, Token);
        await Wait.ForAsync(() => server.IsRegisteredAsync("web", Token), registered => registered, Token);
        using var kill = Process.Start("kill", ["-TERM", $"{running.Id}"]);
        await running.WaitForExitAsync(Token);

        Assert.Equal(0, running.ExitCode);
        Assert.False(await server.IsRegisteredAsync("web", Token));
    }

    [Fact]
    public async Task The_operators_commands_do_the_same()
    {
        var registered = await server.Process.CommandAsync(Token, "register", "other", "--instance", server.Backend.Address);
        Assert.Equal((0, $"registered {server.Backend.Address} with other\n"), (registered.ExitCode, registered.Output));
        Assert.True(await server.IsRegisteredAsync("other", Token));

        var deregistered = await server.Process.CommandAsync(Token, "unregister", "other", "-i", server.Backend.Address);
        Assert.Equal((0, $"deregistered {server.Backend.Address} from other\n"), (deregistered.ExitCode, deregistered.Output));
        Assert.False(await server.IsRegisteredAsync("other", Token));

        var refused = await server.Process.CommandAsync(Token, "register", "nothing", "-i", server.Backend.Address);
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("LoadBalancerNotFound", refused.Error, StringComparison.Ordinal);
    }
}
