using System.Collections.Immutable;
using System.Text.Json;
using CloudLb.Core.Resources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.Core.Inventory;

/// <summary>
/// What an EC2 endpoint knows, kept: an id that is not known is asked for at once, those in use are asked for again at every interval, and
/// what was known stays in force while the endpoint is away, over a restart too.
/// </summary>
/// <remarks>
/// Reads are from memory. Questions are asked on the caller's behalf, those for one id only once at a time, and never by the store's
/// writer.
/// </remarks>
public sealed partial class EndpointInventory : BackgroundService
{
    /// <summary>In the data directory.</summary>
    public const string FileName = "inventory.ec2.json";

    private readonly IInventoryEndpoint _endpoint;
    private readonly InventoryFileReader _file;
    private readonly IResourceStore _store;
    private readonly ChangeSignal _changes;
    private readonly IOptions<InventoryOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<EndpointInventory> _logger;
    private readonly EndpointStateFile _stateFile;
    private readonly EndpointQuestions _questions;
    private readonly QuestionsById _instances;
    private readonly SharedRounds _listings;
    private readonly MissingIds _missing;
    private readonly Lock _changing = new();
    private EndpointState _state = EndpointState.Nothing;
    private EndpointState? _written;
    private long _version;
    private string? _toldFault;

    public EndpointInventory(
        IInventoryEndpoint endpoint, string dataDirectory, InventoryFileReader file, IResourceStore store, ChangeSignal changes,
        IOptions<InventoryOptions> options, TimeProvider clock, ILogger<EndpointInventory> logger)
    {
        (_endpoint, _file, _store, _changes, _options, _clock, _logger) = (endpoint, file, store, changes, options, clock, logger);
        _stateFile = new(Path.Combine(dataDirectory, FileName));
        _questions = new(endpoint, options, clock);
        _instances = new(ids => FindAsync(ids, isRefresh: false, CancellationToken.None));
        _listings = new(ListAsync);
        _missing = new(clock);
    }

    /// <summary>The region that is answered for.</summary>
    public string Region => _endpoint.Region;

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
        catch (Exception exception) when (exception is JsonException
            or NotSupportedException
            or ArgumentException
            or IOException
            or UnauthorizedAccessException)
        {
            Log.StateLost(_logger, _stateFile.Path, exception.Message);
        }
    }

    /// <summary>
    /// Asks for those of the ids that are not known; on return everything that there is to know of them is known. Those known not to run
    /// are asked for as well, as they may have been started a moment ago; what was known of them stays while the endpoint is away.
    /// </summary>
    /// <exception cref="ServiceException">ServiceUnavailable: the endpoint could not be asked.</exception>
    public async Task LookUpAsync(IEnumerable<string> instanceIds, CancellationToken cancellationToken)
    {
        var state = State;
        var asked = instanceIds
            .Where(id => state.Instances.TryGetValue(id, out var known)
                ? known.IsStopped || known.IsPending
                : InstanceId.IsEc2(id) && !_missing.Has(id))
            .Distinct()
            .ToList();
        if (asked.Count == 0)
        {
            return;
        }

        var question = _instances.AskAsync(asked);
        if (asked.Any(id => !state.Instances.ContainsKey(id)))
        {
            await ForCallersAsync(question).WaitAsync(cancellationToken);
            return;
        }

        try
        {
            await question.WaitAsync(cancellationToken);
        }
        catch (InventoryEndpointException exception)
        {
            TellOnce(exception.Message);
        }
    }

    /// <summary>Lists the networks anew where one of the ids is not known, or nothing is.</summary>
    /// <exception cref="ServiceException">ServiceUnavailable: the endpoint could not be asked.</exception>
    public async Task LookUpNetworksAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        // What is malformed is not there, whether the endpoint answers or not: nobody should try it again.
        var unknown = ids.Where(id => CanBeThere(id) && !IsKnown(State.Networks, id) && !_missing.Has(id)).ToList();
        if (unknown.Count > 0 || State.Networks is null)
        {
            await ForCallersAsync(_listings.NextAsync()).WaitAsync(cancellationToken);
            _missing.Add(unknown.Where(id => !IsKnown(State.Networks, id)));
        }
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
                    Log.Back(_logger, _options.Value.Ec2Endpoint!);
                }
            }
            catch (InventoryEndpointException exception)
            {
                TellOnce(exception.Message);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.RefreshFailed(_logger, exception);
            }

            Save();
            await Task.Delay(_options.Value.Ec2RefreshInterval, _clock, stoppingToken);
        }
    }

    private string Name => $"{_options.Value.Ec2Endpoint} {_endpoint.Region}";

    private static bool IsKnown(EndpointNetworks? networks, string id) => networks is not null
        && (networks.Subnets.Any(subnet => subnet.SubnetId == id) || networks.SecurityGroups.Any(group => group.GroupId == id)
            || networks.Vpcs.Any(vpc => vpc.VpcId == id));

    private static bool CanBeThere(string id) =>
        NetworkId.IsWellFormed(id, NetworkId.Subnet)
            || NetworkId.IsWellFormed(id, NetworkId.SecurityGroup)
            || NetworkId.IsWellFormed(id, NetworkId.Vpc);

    /// <summary>A question as those who wait for it see it.</summary>
    private async Task ForCallersAsync(Task question)
    {
        try
        {
            await question;
        }
        catch (InventoryEndpointException exception)
        {
            TellOnce(exception.Message);
            throw ServiceException.Unavailable(
                "What the request names could not be looked up, as the EC2 endpoint of the inventory does not answer. Try again in a " +
                "moment.");
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // One listing after the other: what an older one says never takes the place of what a younger one said.
        await _listings.NextAsync().WaitAsync(cancellationToken);
        var now = _clock.GetUtcNow();
        var inUse = _store.Current.InstancesInUse(now)
            .Where(id => InstanceId.IsEc2(id) && !_file.Instances.ContainsKey(id))
            .ToHashSet(StringComparer.Ordinal);

        // An id that was only asked for is asked for again when somebody wants it.
        Change(state => state with { Instances = state.Instances.RemoveRange(state.Instances.Keys.Where(id => !inUse.Contains(id))) });
        await FindAsync(inUse, isRefresh: true, cancellationToken);
        _missing.Tidy();
    }

    private async Task FindAsync(IEnumerable<string> ids, bool isRefresh, CancellationToken cancellationToken)
    {
        await foreach (var (asked, found) in _questions.FindAsync(ids, cancellationToken))
        {
            Change(
                state =>
                    state with
                    {
                        Instances = state.Instances.SetItems(found.Select(instance => KeyValuePair.Create(instance.InstanceId, instance))),
                    });

            // One in use that the endpoint no longer has stays as it was known: EC2 forgets an instance an hour after it has shown it as
            // terminated.
            if (!isRefresh)
            {
                _missing.Add(asked.Except(found.Select(instance => instance.InstanceId)));
            }
        }
    }

    private async Task ListAsync()
    {
        var networks = await _questions.ListAsync(CancellationToken.None);
        Change(state => networks == state.Networks ? state : state with { Networks = networks });
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
        _changes.Raise();
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
            Log.NotSaved(_logger, _stateFile.Path, exception.Message);
        }
    }

    private void TellOnce(string fault)
    {
        if (Interlocked.Exchange(ref _toldFault, fault) != fault)
        {
            Log.Away(_logger, _options.Value.Ec2Endpoint!, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            4105, LogLevel.Warning,
            "The EC2 endpoint {Endpoint} cannot be asked: {Reason} What was known stays in force; ids that are not known are answered " +
            "ServiceUnavailable")]
        public static partial void Away(ILogger logger, string endpoint, string reason);

        [LoggerMessage(4108, LogLevel.Information, "The EC2 endpoint {Endpoint} answers again")]
        public static partial void Back(ILogger logger, string endpoint);

        [LoggerMessage(4109, LogLevel.Error, "Asking the EC2 endpoint failed; what was known stays in force")]
        public static partial void RefreshFailed(ILogger logger, Exception exception);

        [LoggerMessage(4106, LogLevel.Error, "{Path} cannot be used ({Reason}); what the EC2 endpoint said is asked for anew")]
        public static partial void StateLost(ILogger logger, string path, string reason);

        [LoggerMessage(
            4107, LogLevel.Error, "{Path} cannot be written ({Reason}); what the EC2 endpoint said would be lost with a restart")]
        public static partial void NotSaved(ILogger logger, string path, string reason);
    }
}
