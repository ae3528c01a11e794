namespace CloudLb.Tests.Unit.Ec2.Endpoint;

/// <summary>Answers as EC2 gives them, after the samples of its API reference, with much that is not read.</summary>
internal static class Ec2Documents
{
    public static string Instances(string items, string? nextToken = null) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
            <requestId>8f7724cf-496f-496e-8fe3-example</requestId>
            <reservationSet>
                <item>
                    <reservationId>r-1234567890abcdef0</reservationId>
                    <ownerId>123456789012</ownerId>
                    <groupSet/>
                    <instancesSet>{items}</instancesSet>
                </item>
            </reservationSet>
            {(nextToken is null ? "" : $"<nextToken>{nextToken}</nextToken>")}
        </DescribeInstancesResponse>
        """;

    public static string Instance(string id, string? address, string state = "running", int code = 16) => $"""
        <item>
            <instanceId>{id}</instanceId>
            <imageId>ami-bff32ccc</imageId>
            <instanceState><code>{code}</code><name>{state}</name></instanceState>
            <privateDnsName>ip-192-168-1-88.eu-west-1.compute.internal</privateDnsName>
            <dnsName>ec2-54-194-252-215.eu-west-1.compute.amazonaws.com</dnsName>
            <reason/>
            <amiLaunchIndex>0</amiLaunchIndex>
            <productCodes/>
            <instanceType>t2.micro</instanceType>
            <launchTime>2018-05-08T16:46:19.000Z</launchTime>
            <placement><availabilityZone>us-east-1c</availabilityZone><groupName/><tenancy>default</tenancy></placement>
            <monitoring><state>disabled</state></monitoring>
            <subnetId>subnet-56f5f633</subnetId>
            <vpcId>vpc-11112222</vpcId>
            {(address is null ? "" : $"<privateIpAddress>{address}</privateIpAddress>")}
            <ipAddress>54.194.252.215</ipAddress>
            <sourceDestCheck>true</sourceDestCheck>
            <groupSet><item><groupId>sg-e4076980</groupId><groupName>SecurityGroup1</groupName></item></groupSet>
            <tagSet><item><key>Name</key><value>Server_1</value></item></tagSet>
        </item>
        """;

    public const string Zones = """
        <DescribeAvailabilityZonesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
           <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
           <availabilityZoneInfo>
              <item>
                 <optInStatus>opt-in-not-required</optInStatus><zoneName>us-east-1c</zoneName><zoneId>use1-az1</zoneId>
                 <zoneState>available</zoneState><regionName>us-east-1</regionName><zoneType>availability-zone</zoneType><messageSet/>
              </item>
              <item><zoneName>us-east-1a</zoneName><zoneState>available</zoneState><regionName>us-east-1</regionName></item>
              <item><zoneName>us-east-1-bos-1a</zoneName><regionName>us-east-1</regionName><zoneType>local-zone</zoneType></item>
              <item><zoneName>us-east-1d
        bind *:1</zoneName><regionName>us-east-1</regionName></item>
              <item><zoneName>eu-west-1a</zoneName><regionName>eu-west-1</regionName></item>
           </availabilityZoneInfo>
        </DescribeAvailabilityZonesResponse>
        """;

    public const string Vpcs = """
        <DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
          <requestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</requestId>
          <vpcSet>
            <item>
              <vpcId>vpc-1a2b3c4d</vpcId><state>available</state><cidrBlock>10.0.0.0/23</cidrBlock><dhcpOptionsId>dopt-7a8b9c2d</dhcpOptionsId>
              <instanceTenancy>default</instanceTenancy><isDefault>true</isDefault><tagSet/>
            </item>
            <item><vpcId>vpc-2</vpcId><cidrBlock>no network</cidrBlock><isDefault>true</isDefault></item>
            <item><vpcId>vpc-!</vpcId></item>
            <item/>
          </vpcSet>
        </DescribeVpcsResponse>
        """;

    public const string Subnets = """
        <DescribeSubnetsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
          <subnetSet>
            <item>
              <subnetId>subnet-9d4a7b6c</subnetId><subnetArn>arn:aws:ec2:us-east-1:1:subnet/subnet-9d4a7b6c</subnetArn><state>available</state>
              <ownerId>123456789012</ownerId><vpcId>vpc-1a2b3c4d</vpcId><cidrBlock>10.0.1.0/24</cidrBlock><availableIpAddressCount>251</availableIpAddressCount>
              <availabilityZone>us-east-1a</availabilityZone><defaultForAz>false</defaultForAz><mapPublicIpOnLaunch>false</mapPublicIpOnLaunch>
            </item>
            <item><subnetId>subnet-9d4a7b6d</subnetId><vpcId>vpc-1a2b3c4d</vpcId><availabilityZone>a b</availabilityZone></item>
            <item><subnetId>subnet-../x</subnetId><vpcId>vpc-1a2b3c4d</vpcId><availabilityZone>us-east-1a</availabilityZone></item>
          </subnetSet>
        </DescribeSubnetsResponse>
        """;

    public const string SecurityGroups = """
        <DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
          <securityGroupInfo>
            <item>
              <ownerId>123456789012</ownerId><groupId>sg-1a2b3c4d</groupId><groupName>WebServers</groupName><groupDescription>Web Servers</groupDescription>
              <vpcId>vpc-1a2b3c4d</vpcId>
              <ipPermissions>
                <item>
                  <ipProtocol>tcp</ipProtocol><fromPort>80</fromPort><toPort>80</toPort><groups/>
                  <ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item><item><cidrIp>10.0.0.1/8 # x</cidrIp></item></ipRanges>
                  <ipv6Ranges><item><cidrIpv6>fd00::/8</cidrIpv6></item></ipv6Ranges><prefixListIds/>
                </item>
                <item>
                  <ipProtocol>-1</ipProtocol>
                  <groups><item><userId>123456789012</userId><groupId>sg-1a2b3c4d</groupId></item></groups><ipRanges/><ipv6Ranges/>
                </item>
                <item><ipProtocol>icmp</ipProtocol><fromPort>-1</fromPort><toPort>-1</toPort><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item>
                <item><ipProtocol>tcp</ipProtocol><fromPort>90</fromPort><toPort>70000</toPort><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item>
              </ipPermissions>
              <ipPermissionsEgress><item><ipProtocol>-1</ipProtocol><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges></item></ipPermissionsEgress>
            </item>
            <item><groupId>sg-2</groupId><groupName>WebServers</groupName><vpcId>vpc-1a2b3c4d</vpcId></item>
            <item><groupId>sg-3</groupId><groupName>classic</groupName></item>
          </securityGroupInfo>
        </DescribeSecurityGroupsResponse>
        """;
}
