using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>
/// A database that is missing, empty, older than what was answered, or taken away: nothing of that may end traffic, or have a change
/// answered that is lost.
/// </summary>
public sealed class DatabaseDamageTests
{
    private const string Sidecars = "cloudlb.db*";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "Child")]
    [InlineData(false, "Child")]
    [InlineData(true, "Attach")]
    [InlineData(false, "Attach")]
    public async Task A_database_that_is_lost_is_not_new_and_ends_no_traffic(bool isEmpty, string mode)
    {
        await using var backend = await Backend.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(Token, ("HAProxy:Mode", mode));
        var url = await ServeAsync(server, backend);
        await server.KillAsync(Token);
        var processes = server.HAProxyProcesses();
        Delete(server, Sidecars);
        if (isEmpty)
        {
            await File.WriteAllBytesAsync(Database(server), [], Token);
        }

        var refused = await server.CommandAsync(Token, "serve");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(
            $"cloudlb: {Database(server)} is {(isEmpty ? "empty" : "missing")}, and this data directory has been in use", refused.Error,
            StringComparison.Ordinal);
        Assert.Single(refused.Error.Trim().Split('\n'));
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, Token));
        Assert.Equal(processes, server.HAProxyProcesses());
        Assert.Equal(isEmpty, File.Exists(Database(server)));

        var accepted = await server.CommandAsync(Token, "database", "accept");
        Assert.True(accepted.ExitCode == 0, accepted.Error);
        await server.StartAgainAsync(Token);
        Assert.Empty((await new ElbApi(server.Url).CallAsync("Action=DescribeLoadBalancers", Token)).Values("LoadBalancerName"));
        await server.StopAsync(Token);
        await server.StartAgainAsync(Token);
    }

    [Fact]
    public async Task What_an_operator_puts_there_before_the_first_start_is_no_sign_of_use()
    {
        var directory = Directory.CreateTempSubdirectory("clb-").FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "inventory.json"), """{"i-0a1b2c3d": "10.0.0.5"}""", Token);
        await File.WriteAllTextAsync(
            Path.Combine(directory, "credentials"), "[default]\naws_access_key_id = AKIA5EXAMPLEEXAMPLE1\naws_secret_access_key = secret\n",
            Token);
        await File.WriteAllTextAsync(Path.Combine(directory, "server.pem"), "a certificate", Token);
        await File.WriteAllTextAsync(Path.Combine(directory, "appsettings.json"), """{"CloudLb":{"DnsSuffix":"example.test"}}""", Token);
        await File.WriteAllBytesAsync(Path.Combine(directory, "cloudlb.db"), [], Token);

        await using var server = await CloudLbProcess.StartAsync(new CloudLbProcess.Surroundings { DataDirectory = directory }, Token);

        Assert.Empty((await new ElbApi(server.Url).CallAsync("Action=DescribeLoadBalancers", Token)).Values("LoadBalancerName"));
    }

    [Fact]
    public async Task An_older_copy_changes_no_traffic_and_takes_no_change_until_it_is_accepted()
    {
        await using var backend = await Backend.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(
            Token, ("HAProxy:Mode", "Attach"), ("Reconciler:ResyncInterval", "00:00:01"));
        var url = await ServeAsync(server, backend);
        await server.StopAsync(Token);
        var copy = await File.ReadAllBytesAsync(Database(server), Token);
        await server.StartAgainAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("later", backend.Port, Token);
        await api.RegisterAsync("later", backend.Address, Token);
        var later = await server.TrafficUrlAsync("later", Token);
        await Traffic.AnswersAsync(later, 200, Token);
        await server.StopAsync(Token);
        Delete(server, Sidecars);
        await File.WriteAllBytesAsync(Database(server), copy, Token);

        await server.StartAgainAsync(Token);

        Assert.Contains("is older than what was answered", server.Output, StringComparison.Ordinal);
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(later, Token));
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, Token));
        await AssertRefusedAsync(server, "cloudlb database accept");
        server.HAProxyProcesses().ToList().ForEach(CloudLbProcess.Kill);
        await Traffic.AnswersAsync(later, 200, Token);

        var accepted = await server.CommandAsync(Token, "database", "accept");

        Assert.True(accepted.ExitCode == 0, accepted.Error);
        Assert.Equal((0, "refused"), await Wait.ForAsync(() => Traffic.GetAsync(later, Token), answer => answer.Status == 0, Token));
        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(url, 200, Token));
        await api.CallAsync(Tag, Token);
        await server.StopAsync(Token);
        await server.StartAgainAsync(Token);
        await api.CallAsync(Tag, Token);
    }

    [Fact]
    public async Task A_log_with_a_damaged_middle_is_told()
    {
        await using var backend = await Backend.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(Token);
        var url = await ServeAsync(server, backend);
        for (var change = 0; change < 20; change++)
        {
            await new ElbApi(server.Url).CallAsync($"{Tag}{change}", Token);
        }

        await server.KillAsync(Token);
        await using (var log = File.OpenWrite($"{Database(server)}-wal"))
        {
            log.Position = log.Length / 2;
            await log.WriteAsync(new byte[5000], Token);
        }

        await server.StartAgainAsync(Token);

        Assert.Contains("is older than what was answered", server.Output, StringComparison.Ordinal);
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, Token));
        await AssertRefusedAsync(server, "cloudlb database accept");
    }

    [Fact]
    public async Task Another_database_is_told()
    {
        await using var backend = await Backend.StartAsync(Token);
        await using var other = await CloudLbProcess.StartAsync(Token);
        await other.StopAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(Token, ("HAProxy:Mode", "Attach"));
        var url = await ServeAsync(server, backend);
        await server.StopAsync(Token);
        File.Copy(Database(other), Database(server), overwrite: true);
        File.Copy(
            Path.Combine(other.DataDirectory, "certificates.key"), Path.Combine(server.DataDirectory, "certificates.key"), overwrite: true);

        await server.StartAgainAsync(Token);

        Assert.Contains("is another database", server.Output, StringComparison.Ordinal);
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, Token));
        await AssertRefusedAsync(server, "cloudlb database accept");
    }

    [Theory]
    [InlineData("cloudlb.db")]
    [InlineData("cloudlb.db-wal")]
    [InlineData("cloudlb.db-shm")]
    public async Task A_file_of_the_database_that_is_taken_away_takes_no_change_until_it_is_back(string name)
    {
        await using var backend = await Backend.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(Token);
        var url = await ServeAsync(server, backend);
        var path = Path.Combine(server.DataDirectory, name);
        File.Move(path, $"{path}.away");

        await AssertRefusedAsync(server, "was deleted or replaced");
        await Wait.ForAsync(() => Task.FromResult(server.Output), output => output.Contains("[3006]", StringComparison.Ordinal), Token);
        await File.WriteAllTextAsync(path, "another", Token);
        await AssertRefusedAsync(server, "was deleted or replaced");
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, Token));

        File.Move($"{path}.away", path, overwrite: true);
        await new ElbApi(server.Url).CallAsync(Tag, Token);
        await Wait.ForAsync(() => ReadyAsync(server), answer => answer.Status == 200, Token);
    }

    [Fact]
    public async Task The_record_of_an_earlier_version_is_made()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        var record = Path.Combine(server.DataDirectory, "database.record");
        await server.StopAsync(Token);
        File.Delete(record);

        await server.StartAgainAsync(Token);

        Assert.True(File.Exists(record));
        await new ElbApi(server.Url).CreateWebAsync("web", 8000, Token);
        await File.WriteAllTextAsync(record, "", Token);
        await server.StopAsync(Token);
        await server.StartAgainAsync(Token);
        await new ElbApi(server.Url).CallAsync(Tag, Token);
    }

    private const string Tag = "Action=AddTags&LoadBalancerNames.member.1=web&Tags.member.1.Key=key&Tags.member.1.Value=value";

    private static string Database(CloudLbProcess server) => Path.Combine(server.DataDirectory, "cloudlb.db");

    private static void Delete(CloudLbProcess server, string pattern) =>
        Directory.GetFiles(server.DataDirectory, pattern).ToList().ForEach(File.Delete);

    private static async Task AssertRefusedAsync(CloudLbProcess server, string words)
    {
        var answer = await new ElbApi(server.Url).SendAsync($"{Tag}&Version=2012-06-01", Token);
        var ready = await ReadyAsync(server);

        Assert.Equal((503, "ServiceUnavailable"), (answer.Status, answer.Code));
        Assert.Contains(words, answer.Message, StringComparison.Ordinal);
        Assert.Equal(503, ready.Status);
        Assert.Contains(words, ready.Body, StringComparison.Ordinal);
    }

    private static Task<ElbApi.Answer> ReadyAsync(CloudLbProcess server) =>
        ElbApi.SendUnsignedAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, "/ready")), Token);

    private static async Task<Uri> ServeAsync(CloudLbProcess server, Backend backend)
    {
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", backend.Address, Token);
        var url = await server.TrafficUrlAsync("web", Token);
        await Traffic.AnswersAsync(url, 200, Token);
        await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, Token);
        return url;
    }
}
