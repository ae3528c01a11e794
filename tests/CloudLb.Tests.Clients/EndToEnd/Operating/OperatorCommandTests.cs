using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class OperatorCommandTests(SharedServer server)
{
    [Fact]
    public async Task Env_points_a_shell_s_clients_at_the_server()
    {
        var result = await ChildProcess.RunAsync(
            "bash",
            ["-c", $"set -eu; eval \"$('{CloudLbProcess.Executable}' env --DataDirectory='{server.Process.DataDirectory}')\"; cd /; " +
                "aws --endpoint-url $AWS_ENDPOINT_URL sts get-caller-identity --query Account --output text; " +
                $"test \"$AWS_ENDPOINT_URL\" = {server.Process.Url.ToString().TrimEnd('/')}; cloudlb describe >/dev/null; " +
                "test -z \"$(env | grep -E '^AWS_ENDPOINT_URL_|^AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true')\""],
            new Dictionary<string, string?>
            {
                ["AWS_PROFILE"] = "nobody", ["AWS_SESSION_TOKEN"] = "left-over",
                ["AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING"] = "http://127.0.0.1:1",
                ["AWS_ENDPOINT_URL_SQS"] = "http://127.0.0.1:1", ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true",
            },
            TestContext.Current.CancellationToken);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(Account.First.Id, result.Output.Trim());
    }

    [Fact]
    public async Task A_server_may_choose_its_port_and_tells_commands_and_scripts_which()
    {
        var token = TestContext.Current.CancellationToken;
        await using var chosen = await CloudLbProcess.StartAsync(token, ("Url", "http://127.0.0.1:0"));
        var file = Path.Combine(chosen.DataDirectory, "endpoint");
        var endpoint = (
            await Wait.ForAsync(() => Task.FromResult(File.Exists(file) ? File.ReadAllText(file) : ""), text => text.Length > 0, token))
                .Trim();
        var environment = await chosen.CommandAsync(token, "env");

        Assert.Contains($"CloudLb is ready at {endpoint}\n", chosen.Output, StringComparison.Ordinal);
        Assert.Contains($"export AWS_ENDPOINT_URL='{endpoint}'", environment.Output, StringComparison.Ordinal);
        Assert.Equal(200, (await Traffic.GetAsync(new Uri($"{endpoint}/health"), token)).Status);
        Assert.Equal(0, await chosen.StopAsync(token));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Try_shows_a_newcomer_traffic_and_leaves_nothing_behind()
    {
        var token = TestContext.Current.CancellationToken;
        var tried = await server.Process.CommandAsync(token, "try", "--once");

        Assert.True(tried.ExitCode == 0, tried.Error);
        Assert.Equal(
            2,
            tried.Output.Split('\n').Where(line => line.StartsWith("  Hello from 127.0.0.", StringComparison.Ordinal)).Distinct().Count());
        Assert.Null(await server.Process.StatusAsync("cloudlb-try", token));
    }

    [Fact]
    public async Task Config_check_prints_the_settings_in_force_and_keeps_the_secret()
    {
        var result = await server.Process.CommandAsync(TestContext.Current.CancellationToken, "config", "check");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"CloudLb:DataDirectory = {server.Process.DataDirectory}", result.Output, StringComparison.Ordinal);
        Assert.Contains("CloudLb:Reconciler:ResyncInterval = 00:00:01", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Account.First.SecretAccessKey, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_check_tells_all_faults_at_once()
    {
        var result = await server.Process.CommandAsync(
            TestContext.Current.CancellationToken, "config", "check", "--Url=ftp://x", "--AccountId=12", "--NoSuchSetting=1");

        Assert.NotEqual(0, result.ExitCode);
        Assert.All(["Url", "AccountId", "NoSuchSetting"], name => Assert.Contains(name, result.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Describe_shows_load_balancers_as_a_table_and_as_json_and_address_where_they_are()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        await server.Api.ServeAsync("described", backend, token);

        var table = await server.Process.CommandAsync(token, "describe", "described");
        var json = await server.Process.CommandAsync(token, "describe", "described", "--output", "json");
        var address = await server.Process.CommandAsync(token, "address", "described");

        Assert.All(
            ["described", address.Output.Trim(), $"HTTP:{Ports.Http} -> HTTP:{backend.Port}", backend.Address, "InService"],
            word => Assert.Contains(word, table.Output, StringComparison.Ordinal));
        var status = Assert.Single(JsonNode.Parse(json.Output)!.AsArray())!;
        Assert.Equal("InService", (string?)status["instances"]![0]!["state"]);
        Assert.Equal(address.Output.Trim(), (string?)status["address"]);
        Assert.True(IPAddress.TryParse(address.Output.Trim(), out _));
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(new Uri($"http://{address.Output.Trim()}:{Ports.Http}/"), token));
    }

    [Theory]
    [InlineData("describe", "stty cols 90", "xterm", 90)]
    [InlineData("describe on-a-terminal", "stty cols 110", "xterm-256color", 110)]
    [InlineData("describe", "stty cols 200; export COLUMNS=90", "xterm", 90)]
    [InlineData("describe", "stty cols 90; export NO_COLOR=1", "xterm", 90)]
    [InlineData("describe on-a-terminal", "stty cols 110", "dumb", 110)]
    public async Task On_a_terminal_describe_is_no_wider_and_coloured_unless_that_is_not_wanted(
        string command, string before, string terminal, int width)
    {
        var token = TestContext.Current.CancellationToken;
        if ((await server.Process.StatusAsync("on-a-terminal", token))?.Instances.Count is not 1)
        {
            await server.Api.CreateWebAsync("on-a-terminal", Ports.Free(IPAddress.Loopback), token);
            await server.Api.RegisterAsync("on-a-terminal", "127.0.0.1", token);
        }

        await server.Api.BecomesAsync("on-a-terminal", "127.0.0.1", "OutOfService", token);

        var shown = await ChildProcess.RunAsync(
            "script", ["-qec", $"{before}; '{CloudLbProcess.Executable}' {command}", "/dev/null"],
            server.Process.Settings.Concat([new("TERM", terminal), new("COLUMNS", null), new("NO_COLOR", null)]), token);
        var elsewhere = await server.Process.CommandAsync(token, command.Split(' '));

        Assert.True(shown.ExitCode == 0, shown.Output);

        // The table of all load balancers has others' long names, and may have to break words.
        Assert.Contains(command == "describe" ? "on-a" : "OutOfService", shown.Output, StringComparison.Ordinal);
        var wanted = terminal != "dumb" && !before.Contains("NO_COLOR", StringComparison.Ordinal);
        Assert.Equal(wanted, Regex.IsMatch(shown.Output, "\e\\[[0-9;]+m"));
        var tables = Regex.Replace(shown.Output, "\e(\\[[0-9;?]*[a-zA-Z]|[=>])", "")
            .Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .SkipWhile(line => !line.StartsWith("  ", StringComparison.Ordinal));
        Assert.All(tables, line => Assert.True(line.Length <= width, line));
        Assert.Contains(elsewhere.Output.Split('\n'), line => line.Length > width);
        Assert.DoesNotContain('\e', elsewhere.Output);
    }

    [Fact]
    public async Task Describe_can_be_narrowed_to_a_region_and_the_version_is_told()
    {
        var token = TestContext.Current.CancellationToken;
        await server.Api.CreateWebAsync("in-a-region", Ports.Free(IPAddress.Loopback), token);

        var here = await server.Process.CommandAsync(
            token, "describe", "in-a-region", "--region", Account.Region, "--account", Account.First.Id);
        var elsewhere = await server.Process.CommandAsync(token, "describe", "in-a-region", "--region", "eu-west-1");
        var version = await server.Process.CommandAsync(token, "version");

        Assert.Equal((0, 3), (here.ExitCode, elsewhere.ExitCode));
        Assert.StartsWith("0.", version.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("describe")]
    [InlineData("address")]
    public async Task A_name_that_is_not_there_is_told(string command)
    {
        var result = await server.Process.CommandAsync(TestContext.Current.CancellationToken, command, "nowhere");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("There is no load balancer named 'nowhere'.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_is_refused_the_data_directory_and_the_url_of_the_first()
    {
        var token = TestContext.Current.CancellationToken;
        var other = Directory.CreateTempSubdirectory("clb-");
        try
        {
            var sameDirectory = await server.Process.CommandAsync(
                token, "serve", $"--Url=http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}");
            var sameUrl = await server.Process.CommandAsync(token, "serve", $"--DataDirectory={other.FullName}");

            Assert.NotEqual(0, sameDirectory.ExitCode);
            Assert.Contains(server.Process.DataDirectory, sameDirectory.Error, StringComparison.Ordinal);
            Assert.NotEqual(0, sameUrl.ExitCode);
            Assert.Contains(
                $"{server.Process.Url.ToString().TrimEnd('/')} is in use by another program", sameUrl.Error, StringComparison.Ordinal);
            foreach (var (place, told) in new[]
            {
                ("http://192.0.2.7:9400", "cannot listen on http://192.0.2.7:9400"),
                (server.Process.Url.ToString().TrimEnd('/'), $"{server.Process.Url.ToString().TrimEnd('/')} is in use"),
            })
            {
                var metrics = await server.Process.CommandAsync(
                    token, "serve", $"--DataDirectory={other.FullName}", $"--Url=http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}",
                    $"--Metrics:Url={place}");
                Assert.Contains(told, metrics.Error, StringComparison.Ordinal);
                Assert.Contains("another address with CloudLb:Metrics:Url.", metrics.Error, StringComparison.Ordinal);
            }

            Assert.DoesNotContain("   at ", sameDirectory.Error + sameUrl.Error, StringComparison.Ordinal);
        }
        finally
        {
            other.Delete(recursive: true);
        }
    }
}
