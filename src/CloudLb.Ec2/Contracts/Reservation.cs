using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Responses;

namespace CloudLb.Ec2.Contracts;

/// <summary>One instance: the inventory knows nothing of how instances were launched.</summary>
public sealed record Reservation : IResponseShape<Reservation>
{
    public string? ReservationId { get; init; }

    public string? OwnerId { get; init; }

    public IReadOnlyList<GroupIdentifier>? Groups { get; init; }

    public IReadOnlyList<Instance>? Instances { get; init; }

    public static Reservation Read(ResponseReader reader) => new()
    {
        ReservationId = reader.String("reservationId"),
        OwnerId = reader.String("ownerId"),
        Groups = reader.List<GroupIdentifier>("groupSet"),
        Instances = reader.List<Instance>("instancesSet"),
    };

    public void Write(ResponseWriter writer)
    {
        writer.String("reservationId"u8, ReservationId);
        writer.String("ownerId"u8, OwnerId);
        writer.ItemList("groupSet"u8, Groups);
        writer.ItemList("instancesSet"u8, Instances);
    }
}
