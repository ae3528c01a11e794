using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace CloudLb.Cli.Control;

/// <summary>Asks the running server over its control socket, which only its own user can open.</summary>
public sealed class ControlClient : IDisposable
{
    /// <summary>How both sides write.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _socketPath;
    private readonly HttpClient _http;

    /// <param name="socketPath">Where it answers.</param>
    /// <param name="timeout">How long an answer may take; 100 seconds when absent, which many load balancers can need.</param>
    public ControlClient(string socketPath, TimeSpan? timeout = null)
    {
        _socketPath = socketPath;
        _http = new(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = new("http://cloudlb") };
        _http.Timeout = timeout ?? _http.Timeout;
    }

    /// <summary>All load balancers, in the order of account, region and name.</summary>
    public async Task<IReadOnlyList<LoadBalancerStatus>> GetLoadBalancersAsync(CancellationToken cancellationToken) =>
        await GetAsync<IReadOnlyList<LoadBalancerStatus>>(ControlPaths.LoadBalancers, cancellationToken) ?? [];

    /// <summary>The load balancers of a name, one for each account and region that has it.</summary>
    public async Task<IReadOnlyList<LoadBalancerStatus>> GetLoadBalancersAsync(string name, CancellationToken cancellationToken) =>
        await GetAsync<IReadOnlyList<LoadBalancerStatus>>(Path(ControlPaths.LoadBalancers, (ControlPaths.Name, name)), cancellationToken)
            ?? [];

    /// <summary>The same with what HAProxy says now: the cell, and the last check and the sessions of each instance.</summary>
    public async Task<IReadOnlyList<LoadBalancerStatus>> GetDetailsAsync(string name, CancellationToken cancellationToken) =>
        await GetAsync<IReadOnlyList<LoadBalancerStatus>>(
            Path(ControlPaths.LoadBalancers, (ControlPaths.Name, name), (ControlPaths.Detail, "1")), cancellationToken) ?? [];

    /// <summary>Why an instance of a load balancer is in service, or not; null when there is no such load balancer.</summary>
    public Task<InstanceExplanation?> ExplainAsync(
        string account, string region, string name, string instanceId, CancellationToken cancellationToken) =>
        GetAsync<InstanceExplanation>(
            Path(
                ControlPaths.Explanation, (ControlPaths.Account, account), (ControlPaths.Region, region), (ControlPaths.Name, name),
                (ControlPaths.Instance, instanceId)),
            cancellationToken);

    /// <summary>Where a request would go; null when there is no such load balancer with rules.</summary>
    public Task<RequestExplanation?> FollowAsync(
        LoadBalancerStatus loadBalancer, AskedRequest request, CancellationToken cancellationToken) =>
        GetAsync<RequestExplanation>(
            Path(
                ControlPaths.Route,
                [
                    (ControlPaths.Account, loadBalancer.Account), (ControlPaths.Region, loadBalancer.Region),
                    (ControlPaths.Name, loadBalancer.Name), (ControlPaths.Method, request.Method),
                    (ControlPaths.Url, request.Url.OriginalString), (ControlPaths.Source, request.Source.ToString()),
                    .. request.Headers.Select(header => (ControlPaths.Header, (string?)header)),
                ]),
            cancellationToken);

    /// <summary>What goes on now.</summary>
    /// <param name="namePart">Leaves out load balancers whose name does not contain it; null for all.</param>
    /// <param name="rows">How many load balancers are shown at most.</param>
    /// <param name="cells">How many cells are shown at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<WatchStatus> WatchAsync(string? namePart, int rows, int cells, CancellationToken cancellationToken) =>
        (await GetAsync<WatchStatus>(
            Path(ControlPaths.Watch, (ControlPaths.Name, namePart), (ControlPaths.Rows, $"{rows}"), (ControlPaths.CellRows, $"{cells}")),
            cancellationToken))!;

    /// <summary>Accepts the database that the server has; null when no server runs.</summary>
    public async Task<DatabaseAnswer?> AcceptDatabaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsync(ControlPaths.AcceptDatabase, content: null, cancellationToken);
            return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DatabaseAnswer>(Json, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is { } status)
        {
            throw new CommandException($"CloudLb has answered {(int)status} on {_socketPath}; its log says why.");
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException exception) when (exception.InnerException is TimeoutException)
        {
            throw Silent();
        }
    }

    /// <summary>Empties an ephemeral server; any other refuses.</summary>
    public Task<ResetAnswer> ResetAsync(CancellationToken cancellationToken) =>
        PostAsync<ResetAnswer>(ControlPaths.Reset, cancellationToken);

    /// <summary>All machines that register themselves, in the order of account and name.</summary>
    public async Task<IReadOnlyList<MemberStatus>> GetMembersAsync(CancellationToken cancellationToken) =>
        await GetAsync<IReadOnlyList<MemberStatus>>(ControlPaths.Members, cancellationToken) ?? [];

    public Task<MemberAnswer> CreateMemberAsync(MemberRequest member, CancellationToken cancellationToken) => PostAsync<MemberAnswer>(
        Path(
            ControlPaths.CreateMember, (ControlPaths.Account, member.Account), (ControlPaths.Region, member.Region),
            (ControlPaths.Name, member.Name), (ControlPaths.Instance, member.Instance),
            (ControlPaths.LoadBalancerNames, string.Join(',', member.LoadBalancers)),
            (ControlPaths.TargetGroups, string.Join(',', member.TargetGroups)),
            (ControlPaths.Lease, member.LeaseSeconds?.ToString(CultureInfo.InvariantCulture))),
        cancellationToken);

    public Task<MemberAnswer> DeleteMemberAsync(string account, string name, CancellationToken cancellationToken) =>
        PostAsync<MemberAnswer>(
            Path(ControlPaths.DeleteMember, (ControlPaths.Account, account), (ControlPaths.Name, name)), cancellationToken);

    /// <summary>The operator's templates, their files looked at now.</summary>
    public async Task<TemplatesStatus> GetTemplatesAsync(CancellationToken cancellationToken) =>
        await GetAsync<TemplatesStatus>(ControlPaths.Templates, cancellationToken)
            ?? throw new CommandException($"The CloudLb on {_socketPath} does not know templates; it is another version.");

    /// <summary>Puts the operator's templates in force, but those that cannot be.</summary>
    public Task<TemplatesStatus> ApplyTemplatesAsync(CancellationToken cancellationToken) =>
        PostAsync<TemplatesStatus>(ControlPaths.ApplyTemplates, cancellationToken);

    /// <summary>What that would change.</summary>
    public async Task<IReadOnlyList<TemplateChange>> GetTemplateChangesAsync(CancellationToken cancellationToken) =>
        await GetAsync<IReadOnlyList<TemplateChange>>(ControlPaths.TemplateChanges, cancellationToken) ?? [];

    /// <summary>What the server says of itself.</summary>
    public async Task<RunningServer> GetServerAsync(CancellationToken cancellationToken) =>
        (await GetAsync<RunningServer>(ControlPaths.Server, cancellationToken))!;

    /// <summary>The same; null when none answers on the socket, or one that does not know the question.</summary>
    public async Task<RunningServer?> FindServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetFromJsonAsync<RunningServer>(ControlPaths.Server, Json, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Path(string path, params IEnumerable<(string Name, string? Value)> parameters) =>
        path + "?" + string.Join('&', parameters
            .Where(each => each.Value is not null)
            .Select(each => $"{each.Name}={Uri.EscapeDataString(each.Value!)}"));

    private Task<T?> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class => AskAsync<T>(() => _http.GetAsync(path, cancellationToken), cancellationToken);

    private async Task<T> PostAsync<T>(string path, CancellationToken cancellationToken)
        where T : class =>
        await AskAsync<T>(() => _http.PostAsync(path, content: null, cancellationToken), cancellationToken)
            ?? throw new CommandException($"The CloudLb on {_socketPath} does not know {path}; it is another version.");

    private async Task<T?> AskAsync<T>(Func<Task<HttpResponseMessage>> ask, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var response = await ask();
            return response.StatusCode == HttpStatusCode.NotFound
                ? null
                : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(Json, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is { } status)
        {
            throw new CommandException($"CloudLb has answered {(int)status} on {_socketPath}; its log says why.");
        }
        catch (HttpRequestException)
        {
            throw new CommandException(
                $"CloudLb does not answer on {_socketPath}. Is it running, with this data directory, under this user? " +
                "Start it with 'cloudlb serve', or name its data directory with --DataDirectory.",
                ExitCodes.NoServer);
        }
        catch (TaskCanceledException exception) when (exception.InnerException is TimeoutException)
        {
            throw Silent();
        }
    }

    /// <summary>A server that is there, as its socket takes connections, and says nothing.</summary>
    private CommandException Silent() => new(
        $"CloudLb has not answered on {_socketPath} within {_http.Timeout.TotalSeconds:0.#} s. It hangs, or is stopped (SIGSTOP), or its " +
        "machine has no processor time or memory left. If it stays like that, end it with kill -9 and start it again.",
        ExitCodes.NoServer);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
