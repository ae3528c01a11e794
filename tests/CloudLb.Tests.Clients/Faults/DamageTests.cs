using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>Files of the data plane that were damaged while nobody looked, and a process that hangs.</summary>
public sealed class DamageTests
{
    private static readonly string[] Files = ["state", "applied.json", "haproxy.cfg", "traffic.json", "pid", "unproven", "next.cfg"];

    private static readonly string[] Contents = ["", "\0\0\0\0", "1\n# be_id be_name\nx y z", "{\"", "null", "99999999"];

    [Fact]
    public async Task Damaged_files_of_a_cell_harm_nobody()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(
            token, ("HAProxy:Mode", "Attach"), ("Reconciler:ResyncInterval", "00:00:01"));
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, token);
        await api.RegisterAsync("web", backend.Address, token);
        var url = await server.TrafficUrlAsync("web", token);
        await Traffic.AnswersAsync(url, 200, token);

        foreach (var (file, content) in Files.SelectMany(
            file => Contents.Select(content => (file, content))).Take(FaultRounds.Count * Contents.Length))
        {
            await server.KillAsync(token);
            await File.WriteAllTextAsync(Path.Combine(server.DataDirectory, "haproxy", "cells", "1", file), content, token);
            await server.StartAgainAsync(token);

            Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(url, 200, token));
            await api.BecomesAsync("web", backend.Address, "InService", token);
        }

        await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, token);
    }

    [Fact]
    public async Task A_process_that_hangs_keeps_nobody_from_being_answered_and_is_replaced()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(
            token, ("HAProxy:CommandTimeout", "00:00:01"), ("HAProxy:PollInterval", "00:00:00.500"));
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, token);
        await api.RegisterAsync("web", backend.Address, token);
        var url = await server.TrafficUrlAsync("web", token);
        await Traffic.AnswersAsync(url, 200, token);
        await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, token);
        var hung = server.HAProxyProcesses().Single();

        await ChildProcess.RunAsync("kill", ["-STOP", $"{hung}"], [], token);
        await api.DeregisterAsync("web", backend.Address, token);
        await api.RegisterAsync("web", backend.Address, token);
        await Wait.ForAsync(
            () => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1 && processes[0] != hung, token);

        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(url, 200, token));
        Assert.Contains("hang", server.Output, StringComparison.OrdinalIgnoreCase);
    }
}
