using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Inventory;

/// <summary>
/// Keeps what an EC2 endpoint said in a file of the data directory, so that it stays in force over a restart. It is CloudLb's own, not to
/// be edited.
/// </summary>
internal sealed class EndpointStateFile(string path)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    public string Path => path;

    /// <summary>What was kept of this endpoint; nothing when the file is not there, or is of another endpoint.</summary>
    /// <param name="endpoint">The endpoint's address and region.</param>
    /// <exception cref="JsonException">The file is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public EndpointState Read(string endpoint)
    {
        if (!File.Exists(path)
            || JsonSerializer.Deserialize<Document>(File.ReadAllBytes(path), Options) is not { } document
            || document.Endpoint != endpoint)
        {
            return EndpointState.Nothing;
        }

        var instances = document.Instances.Select(one => one is { IsTerminated: false, Address: { } text }
            ? new EndpointInstance(one.Id, Address(text), one.Zone, one.Vpc, one.Type, one.Tags)
            {
                IsStopped = one.IsStopped,
                IsPending = one.IsPending,
            }
            : new EndpointInstance(one.Id, null, one.Zone));
        return new(instances.ToImmutableDictionary(instance => instance.InstanceId), document.Networks);
    }

    /// <exception cref="IOException">It cannot be written; what was there before stays.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(string endpoint, EndpointState state)
    {
        var document = new Document(
            endpoint,
            [
                .. state.Instances.Values.OrderBy(instance => instance.InstanceId, StringComparer.Ordinal)
                    .Select(instance => new Entry(
                        instance.InstanceId, instance.Address?.ToString(), instance.AvailabilityZone, instance.IsTerminated, instance.VpcId,
                        instance.InstanceType, instance.Tags, instance.IsStopped, instance.IsPending)),
            ],
            state.Networks);
        var temporary = path + ".new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var file = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(file, document, Options);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static IPAddress Address(string text) =>
        InstanceId.TryParseAddress(text, out var address) ? address : throw new JsonException($"'{text}' is no address.");

    private sealed record Document(string Endpoint, IReadOnlyList<Entry> Instances, EndpointNetworks? Networks);

    private sealed record Entry(
        string Id, string? Address, string? Zone, bool IsTerminated, string? Vpc = null, string? Type = null,
        EquatableArray<Tag> Tags = default, bool IsStopped = false, bool IsPending = false);
}
