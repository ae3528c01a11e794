using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Reconciliation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.Core.Inventory;

/// <summary>
/// What an EC2 endpoint knows, kept: an id that is not known is asked for at once, those in use are asked for again at every interval, and what was
/// known stays in force while the endpoint is away, over a restart too.
/// </summary>
/// <remarks>Reads are from memory. Questions are asked on the caller's behalf, those for one id only once at a time, and never by the store's writer.</remarks>
public sealed partial class EndpointInventory(
    IInventoryEndpoint endpoint, string dataDirectory, InventoryFileReader file, ILoadBalancerStore store, ChangeSignal changes,
    IOptions<InventoryOptions> options, TimeProvider clock, ILogger<EndpointInventory> logger) : BackgroundService
{
    /// <summary>In the data directory.</summary>
    public const string FileName = "inventory.ec2.json";

    /// <summary>Ids to a question. EC2 takes 200 values of a filter.</summary>
    private const int BatchSize = 100;

    /// <summary>Questions under way at once; EC2 throttles callers by the second.</summary>
    private const int MaximumQuestions = 4;

    /// <summary>So that ids made up by a caller do not fill the memory.</summary>
    private const int MaximumMissing = 10_000;

    /// <summary>How long "there is no such id" holds: instances are registered right after they were launched.</summary>
    private static readonly TimeSpan MissingFor = TimeSpan.FromSeconds(2);

    private readonly EndpointStateFile _stateFile = new(Path.Combine(dataDirectory, FileName));
    private readonly SemaphoreSlim _questions = new(MaximumQuestions);
    private readonly ConcurrentDictionary<string, Task> _asking = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TimeSpan> _missing = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();
    private EndpointState _state = EndpointState.Nothing;
    private EndpointState? _written;
    private Task? _listing;
    private long _listedAt;
    private long _version;
    private string? _toldFault;

    /// <summary>The region that is answered for.</summary>
    public string Region => endpoint.Region;

    /// <summary>Another number whenever something that is known has become another.</summary>
    public long Version => Interlocked.Read(ref _version);

    internal EndpointState State => Volatile.Read(ref _state);

    /// <summary>The zones of the endpoint's region; null before it has said.</summary>
    public IReadOnlyList<string>? Zones => State.Networks is { Zones.Count: > 0 } networks ? networks.Zones : null;

    public EndpointInstance? Known(string instanceId) => State.Instances.GetValueOrDefault(instanceId);

    /// <summary>Takes what was kept when CloudLb last ran. To be called once, at start.</summary>
    public void ReadAtStart()
    {
        try
        {
            _state = _written = _stateFile.Read(Name);
            _version++;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Log.StateLost(logger, _stateFile.Path, exception.Message);
        }
    }

    /// <summary>Asks for those of the ids that are not known; on return everything that there is to know of them is known.</summary>
    /// <exception cref="ServiceException">ServiceUnavailable: the endpoint could not be asked.</exception>
    public async Task LookUpAsync(IEnumerable<string> instanceIds, CancellationToken cancellationToken)
    {
        var state = State;
        var now = clock.GetSteadyTime();
        var unknown = instanceIds
            .Where(id => InstanceId.IsEc2(id) && !state.Instances.ContainsKey(id) && !(_missing.TryGetValue(id, out var until) && now < until))
            .Distinct().ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        // Who asks for an id first asks for all others who want it meanwhile; his going away does not end the question, its time limit does.
        var question = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var awaited = unknown.Select(id => (Id: id, Asked: _asking.GetOrAdd(id, question.Task))).ToList();
        var mine = awaited.Where(one => one.Asked == question.Task).Select(one => one.Id).ToList();
        var asking = mine.Count > 0 ? AskAsync(mine, question) : Task.CompletedTask;
        await Task.WhenAll(awaited.Select(one => one.Asked).Append(asking)).WaitAsync(cancellationToken);
    }

    /// <summary>Lists the networks anew where one of the ids, or all of them, are not known.</summary>
    /// <exception cref="ServiceException">ServiceUnavailable: the endpoint could not be asked.</exception>
    public async Task LookUpNetworksAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var networks = State.Networks;
        var isFresh = clock.GetSteadyTime().Ticks < Interlocked.Read(ref _listedAt) + MissingFor.Ticks;
        if (networks is not null && (isFresh || ids.All(id => IsKnown(networks, id) || !CanBeThere(id))))
        {
            return;
        }

        Task listing;
        lock (_changing)
        {
            listing = _listing is { IsCompleted: false } ? _listing : _listing = ListForCallersAsync();
        }

        await listing.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await RefreshAsync(stoppingToken);
                if (Interlocked.Exchange(ref _toldFault, null) is not null)
                {
                    Log.Back(logger, options.Value.Ec2Endpoint!);
                }
            }
            catch (InventoryEndpointException exception)
            {
                TellOnce(exception.Message);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RefreshFailed(logger, exception);
            }

            Save();
            await Task.Delay(options.Value.Ec2RefreshInterval, clock, stoppingToken);
        }
    }

    private string Name => $"{options.Value.Ec2Endpoint} {endpoint.Region}";

    private static bool IsKnown(EndpointNetworks networks, string id) =>
        networks.Subnets.Any(subnet => subnet.SubnetId == id) || networks.SecurityGroups.Any(group => group.GroupId == id);

    /// <summary>What is malformed is not there, whether the endpoint answers or not: nobody should try it again.</summary>
    private static bool CanBeThere(string id) => NetworkId.IsWellFormed(id, NetworkId.Subnet) || NetworkId.IsWellFormed(id, NetworkId.SecurityGroup);

    private async Task AskAsync(IReadOnlyList<string> ids, TaskCompletionSource question)
    {
        // The caller goes on at once: what follows is others' question as well.
        await Task.Yield();
        try
        {
            foreach (var batch in ids.Chunk(BatchSize))
            {
                await FindAsync(batch, isRefresh: false, CancellationToken.None);
            }

            Forget(ids);
            question.SetResult();
        }
        catch (Exception exception)
        {
            Forget(ids);
            if (exception is InventoryEndpointException)
            {
                TellOnce(exception.Message);
            }

            question.SetException(Unavailable(exception));
            _ = question.Task.Exception;
        }
    }

    private void Forget(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            _asking.TryRemove(id, out _);
        }
    }

    private async Task ListForCallersAsync()
    {
        await Task.Yield();
        try
        {
            await ListAsync(CancellationToken.None);
        }
        catch (InventoryEndpointException exception)
        {
            TellOnce(exception.Message);
            throw Unavailable(exception);
        }
    }

    private static Exception Unavailable(Exception cause) => cause is InventoryEndpointException
        ? new ServiceException(
            ErrorCode.ServiceUnavailable, "What the request names could not be looked up, as the EC2 endpoint of the inventory does not answer. Try again in a moment.")
        : cause;

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await ListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var inUse = store.Current.All
            .SelectMany(loadBalancer => loadBalancer.Instances.Concat(
                loadBalancer.Draining.Where(entry => entry.Until > now).Select(entry => entry.Instance)))
            .Select(instance => instance.InstanceId)
            .Where(id => InstanceId.IsEc2(id) && !file.Instances.ContainsKey(id))
            .ToHashSet(StringComparer.Ordinal);

        // An id that was only asked for is asked for again when somebody wants it.
        Change(state => state with { Instances = state.Instances.RemoveRange(state.Instances.Keys.Where(id => !inUse.Contains(id))) });
        foreach (var batch in inUse.Chunk(BatchSize))
        {
            await FindAsync(batch, isRefresh: true, cancellationToken);
        }

        foreach (var over in _missing.Where(one => one.Value <= clock.GetSteadyTime()))
        {
            _missing.TryRemove(over);
        }
    }

    private async Task FindAsync(string[] ids, bool isRefresh, CancellationToken cancellationToken)
    {
        var found = await AskedAsync(token => endpoint.FindAsync(ids, token), cancellationToken);
        var asked = ids.ToHashSet(StringComparer.Ordinal);
        Change(state => state with { Instances = state.Instances.SetItems(found.Where(instance => asked.Contains(instance.InstanceId)).Select(
            instance => KeyValuePair.Create(instance.InstanceId, instance))) });

        // One in use that the endpoint no longer has stays as it was known: EC2 forgets an instance an hour after it has shown it as terminated.
        var missing = asked.Except(found.Select(instance => instance.InstanceId)).ToList();
        if (!isRefresh)
        {
            if (_missing.Count > MaximumMissing)
            {
                _missing.Clear();
            }

            missing.ForEach(id => _missing[id] = clock.GetSteadyTime() + MissingFor);
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var networks = await AskedAsync(endpoint.ListAsync, cancellationToken);
        Interlocked.Exchange(ref _listedAt, clock.GetSteadyTime().Ticks);
        Change(state => networks == state.Networks ? state : state with { Networks = networks });
    }

    /// <summary>Asks within the time limit, the wait for others' questions counted.</summary>
    private async Task<T> AskedAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.Ec2Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _questions.WaitAsync(either.Token);
            try
            {
                return await ask(either.Token);
            }
            finally
            {
                _questions.Release();
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InventoryEndpointException($"It did not answer within {options.Value.Ec2Timeout.TotalSeconds:0.###} s.", exception);
        }
    }

    private void Change(Func<EndpointState, EndpointState> change)
    {
        lock (_changing)
        {
            var next = change(_state);
            if (next.Networks == _state.Networks && AreSame(next.Instances, _state.Instances))
            {
                return;
            }

            Volatile.Write(ref _state, next);
        }

        Interlocked.Increment(ref _version);
        changes.Raise();
    }

    private static bool AreSame(ImmutableDictionary<string, EndpointInstance> one, ImmutableDictionary<string, EndpointInstance> other) =>
        ReferenceEquals(one, other)
        || (one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out var same) && same == entry.Value));

    private void Save()
    {
        var state = State;
        if (ReferenceEquals(state, _written))
        {
            return;
        }

        try
        {
            _stateFile.Write(Name, state);
            _written = state;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotSaved(logger, _stateFile.Path, exception.Message);
        }
    }

    private void TellOnce(string fault)
    {
        if (Interlocked.Exchange(ref _toldFault, fault) != fault)
        {
            Log.Away(logger, options.Value.Ec2Endpoint!, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4105, LogLevel.Warning, "The EC2 endpoint {Endpoint} cannot be asked: {Reason} What was known stays in force; ids that are not known are answered ServiceUnavailable")]
        public static partial void Away(ILogger logger, string endpoint, string reason);

        [LoggerMessage(4108, LogLevel.Information, "The EC2 endpoint {Endpoint} answers again")]
        public static partial void Back(ILogger logger, string endpoint);

        [LoggerMessage(4109, LogLevel.Error, "Asking the EC2 endpoint failed; what was known stays in force")]
        public static partial void RefreshFailed(ILogger logger, Exception exception);

        [LoggerMessage(4106, LogLevel.Error, "{Path} cannot be used ({Reason}); what the EC2 endpoint said is asked for anew")]
        public static partial void StateLost(ILogger logger, string path, string reason);

        [LoggerMessage(4107, LogLevel.Error, "{Path} cannot be written ({Reason}); what the EC2 endpoint said would be lost with a restart")]
        public static partial void NotSaved(ILogger logger, string path, string reason);
    }
}
